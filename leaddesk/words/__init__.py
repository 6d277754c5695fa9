"""The words of the house: frozen values, enums, news, settings and errors. Nothing here acts."""
