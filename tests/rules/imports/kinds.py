"""Titles as programs of each kind write them, with one row, and what the columns mean. Nobody is real."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One table: its cells by title, and the title of each field."""

    name: str
    cells: dict[str, str]
    fields: dict[str, str]
    separator: str = ","
    encoding: str = "utf-8"

    @property
    def text(self) -> str:
        return self._line(self.cells) + self._line(self.cells.values())

    def _line(self, cells: Iterable[str]) -> str:
        return self.separator.join(map(self._quoted, cells)) + "\r\n"

    def _quoted(self, cell: str) -> str:
        return f'"{cell}"' if self.separator in cell else cell


KINDS = (
    Kind(
        "address book, Italian",
        {
            "Titolo": "", "Nome": "Sara", "Secondo nome": "", "Cognome": "Neri", "Società": "Neri Srl",
            "Reparto": "", "Posizione": "", "Via (uff.)": "", "Città (uff.)": "", "Fax (uff.)": "",
            "Ufficio": "06 0000 0001", "Abitazione": "", "Cellulare": "+39 333 0000012",
            "Indirizzo posta elettronica": "sara@neri.example", "Tipo posta elettronica": "SMTP",
            "Nome visualizzato posta elettronica": "Sara Neri",
        },
        {
            "first_name": "Nome", "last_name": "Cognome", "company": "Società",
            "email": "Indirizzo posta elettronica",
        },
    ),
    Kind(
        "address book, Dutch",
        {
            "Titel": "", "Voornaam": "Jan", "Middelste naam": "", "Achternaam": "de Vries",
            "Achtervoegsel": "", "Bedrijf": "De Vries BV", "Afdeling": "", "Functie": "",
            "Adres (werk), straat": "", "Plaats (werk)": "", "Telefoon op werk": "020 000 0001",
            "Telefoon (thuis)": "", "Mobiele telefoon": "06 00000001", "E-mailadres": "jan@devries.example",
            "Weergavenaam voor e-mail": "Jan de Vries",
        },
        {
            "first_name": "Voornaam", "last_name": "Achternaam", "company": "Bedrijf",
            "email": "E-mailadres", "phone": "Telefoon op werk",
        },
    ),
    Kind(
        "mail program",
        {
            "First Name": "Ann", "Last Name": "Lee", "Display Name": "Ann Lee", "Nickname": "",
            "Primary Email": "ann@lee.example", "Secondary Email": "", "Screen Name": "",
            "Work Phone": "020 7946 0001", "Home Phone": "", "Fax Number": "", "Pager Number": "",
            "Mobile Number": "", "Home Address": "", "Home City": "", "Organization": "Lee Ltd",
            "Web Page 1": "", "Birth Year": "", "Notes": "met at fair",
        },
        {
            "first_name": "First Name", "last_name": "Last Name", "email": "Primary Email",
            "phone": "Work Phone", "company": "Organization",
        },
    ),
    Kind(
        "mail program, German",
        {
            "Vorname": "Uta", "Nachname": "Keller", "Anzeigename": "Uta Keller", "Spitzname": "",
            "Primäre E-Mail-Adresse": "uta@keller.example", "Sekundäre E-Mail-Adresse": "",
            "Messenger-Name": "", "Tel. dienstlich": "089 99998 110", "Tel. privat": "", "Fax-Nummer": "",
            "Pager-Nummer": "", "Mobil-Tel.-Nr.": "", "Privat: Adresse": "",
            "Organisation": "Praxis Keller", "Notizen": "",
        },
        {
            "first_name": "Vorname", "last_name": "Nachname", "email": "Primäre E-Mail-Adresse",
            "phone": "Tel. dienstlich", "company": "Organisation",
        },
    ),
    Kind(
        "mail service",
        {
            "First": "Ann", "Middle": "", "Last": "Lee", "Nickname": "", "Email": "ann@lee.example",
            "Category": "", "Distribution Lists": "", "Messenger ID": "", "Home": "", "Work": "",
            "Pager": "", "Fax": "", "Mobile": "+44 7700 900001", "Other": "", "Yahoo Phone": "",
            "Primary": "", "Alternate Email 1": "", "Company": "Lee Ltd",
        },
        {
            "first_name": "First", "last_name": "Last", "email": "Email", "company": "Company",
            "phone": "Mobile",
        },
    ),
    Kind(
        "survey",
        {
            "Timestamp": "11/9/2026 8:14:05", "Name": "Ann Lee", "Email": "ann@lee.example",
            "Phone number": "555-0101", "Comments": "please call",
        },
        {
            "received_at": "Timestamp", "name": "Name", "email": "Email", "phone": "Phone number",
            "message": "Comments",
        },
    ),
    Kind(
        "survey, German",
        {
            "Zeitstempel": "09.11.2026 08:14:05", "E-Mail-Adresse": "ann@lee.example",
            "Wie heißt du?": "Ann Lee", "Telefonnummer": "0171 3920051",
            "Was können wir für dich tun?": "Bitte Angebot für Dach",
        },
        {
            "received_at": "Zeitstempel", "email": "E-Mail-Adresse", "name": "Wie heißt du?",
            "phone": "Telefonnummer", "message": "Was können wir für dich tun?",
        },
    ),
    Kind(
        "survey with times",
        {
            "ID": "1", "Start time": "11/9/26 8:10:00", "Completion time": "11/9/26 8:14:05",
            "Email": "anonymous", "Name": "", "Your name": "Ann Lee", "Your phone": "555 0101",
            "Question": "How much is a loft?",
        },
        {
            "received_at": "Completion time", "name": "Your name", "phone": "Your phone",
            "message": "Question",
        },
    ),
    Kind(
        "booking service",
        {
            "Team": "", "Organizer Name": "Jo Lin", "Organizer Email": "jo@lin.example",
            "Event Type Name": "Intro call", "Invitee Name": "Ann Lee", "Invitee First Name": "Ann",
            "Invitee Last Name": "Lee", "Invitee Email": "ann@lee.example",
            "Invitee Time Zone": "Europe/London", "Invitee accepted marketing emails": "",
            "Text Reminder Number": "+44 7700 900001", "Start Date & Time": "2026-12-01 09:00",
            "End Date & Time": "2026-12-01 09:30", "Location": "Zoom",
            "Event Created Date & Time": "2026-11-09 08:14", "Canceled": "false", "Question 1": "Topic?",
            "Response 1": "Loft", "UTM Campaign": "", "UTM Source": "google",
        },
        {
            "name": "Invitee Name", "first_name": "Invitee First Name", "last_name": "Invitee Last Name",
            "email": "Invitee Email", "received_at": "Event Created Date & Time",
        },
    ),
    Kind(
        "form service",
        {
            "Submission Date": "2026-11-09 08:14:05", "First Name": "Ann", "Last Name": "Lee",
            "E-mail": "ann@lee.example", "Phone Number": "(555) 010-0101",
            "How can we help you?": "Loft please, before winter", "Submission ID": "555",
        },
        {
            "received_at": "Submission Date", "first_name": "First Name", "last_name": "Last Name",
            "email": "E-mail", "phone": "Phone Number", "message": "How can we help you?",
        },
    ),
    Kind(
        "form plug-in",
        {
            "Name (First)": "Ann", "Name (Last)": "Lee", "Email": "ann@lee.example",
            "Phone": "(555) 010-0101", "Message": "Loft", "Created By (User Id)": "", "Entry Id": "12",
            "Entry Date": "2026-11-09 08:14:05", "Date Updated": "2026-11-09 08:14:05",
            "Source Url": "https://x.example/contact", "Transaction Id": "", "Payment Amount": "",
            "User Agent": "Mozilla", "User IP": "192.0.2.1",
        },
        {
            "first_name": "Name (First)", "last_name": "Name (Last)", "email": "Email", "phone": "Phone",
            "message": "Message", "received_at": "Entry Date",
        },
    ),
    Kind(
        "form plug-in with devices",
        {
            "Entry ID": "12", "Entry Date": "November 9, 2026 8:14 am", "Name": "Ann Lee",
            "Email": "ann@lee.example", "Comment or Message": "Loft", "Entry Notes": "", "Viewed": "Yes",
            "Starred": "", "User Device": "", "User Agent": "", "User IP": "",
        },
        {
            "received_at": "Entry Date", "name": "Name", "email": "Email", "message": "Comment or Message",
        },
    ),
    Kind(
        "form plug-in with own names",
        {
            "your-name": "Ann Lee", "your-email": "ann@lee.example", "your-tel": "0171 3920051",
            "your-subject": "Loft", "your-message": "please call", "Date": "2026/11/09 08:14",
        },
        {
            "name": "your-name", "email": "your-email", "phone": "your-tel", "message": "your-message",
            "received_at": "Date",
        },
    ),
    Kind(
        "page builder",
        {
            "Form Name (ID)": "Contact (abc)", "Submission ID": "4", "Created At": "2026-11-09 08:14:05",
            "User ID": "0", "User Agent": "Mozilla", "User IP": "192.0.2.1",
            "Referrer": "https://x.example", "Name": "Ann Lee", "Email": "ann@lee.example",
            "Tel": "020 7946 0001", "Message": "Loft",
        },
        {
            "received_at": "Created At", "name": "Name", "email": "Email", "phone": "Tel",
            "message": "Message",
        },
    ),
    Kind(
        "sales program",
        {
            "Id": "1", "First name": "Ann", "Last name": "Lee", "Display name": "Ann Lee",
            "Emails": "ann@lee.example", "Job title": "", "Work": "020 7946 0001", "Mobile": "",
            "Account name": "Lee Ltd", "Contact status": "New", "Source": "Web form",
            "Sales owner": "Jo Lin", "Created at": "2026-11-09 08:14", "Recent note": "",
        },
        {
            "first_name": "First name", "last_name": "Last name", "email": "Emails",
            "company": "Account name", "status": "Contact status", "source": "Source",
            "owner": "Sales owner", "received_at": "Created at",
        },
    ),
    Kind(
        "sales program with owners",
        {
            "ID": "1", "Type": "Person", "Title": "Mr", "First Name": "Jim", "Last Name": "Ode",
            "Job Title": "", "Organisation": "Ode Ltd", "About": "", "Tags": "", "Address Street": "",
            "City": "", "Phone Number": "020 7946 0001", "Home Phone": "", "Work Phone": "",
            "Mobile Phone": "", "Email Address": "jim@ode.example", "Work Email": "", "Website": "",
            "Owner": "jo", "Created": "2026-11-09",
        },
        {
            "first_name": "First Name", "last_name": "Last Name", "company": "Organisation",
            "phone": "Phone Number", "email": "Email Address", "owner": "Owner", "received_at": "Created",
        },
    ),
    Kind(
        "sales program with values",
        {
            "Full Name": "Ann Lee", "Company": "Lee Ltd", "Title": "Boss", "Email": "ann@lee.example",
            "Phone Number": "+15550100101", "Contact Type": "Potential Customer", "Lead Source": "Referral",
            "Owned By": "Jo", "Created At": "11/09/2026", "Status": "New", "Value": "500",
        },
        {
            "name": "Full Name", "company": "Company", "email": "Email", "phone": "Phone Number",
            "source": "Lead Source", "owner": "Owned By", "received_at": "Created At", "status": "Status",
        },
    ),
    Kind(
        "board",
        {
            "Name": "Ann Lee", "Status": "New Lead", "Owner": "Jo Lin", "Email": "ann@lee.example",
            "Phone": "15550100101", "Company": "Lee Ltd", "Last interaction": "",
            "Creation Log": "Jo Lin Nov 9, 2026 8:14 AM", "Item ID": "1234567890",
        },
        {
            "name": "Name", "status": "Status", "owner": "Owner", "email": "Email", "phone": "Phone",
            "company": "Company",
        },
    ),
    Kind(
        "base",
        {
            "Name": "Ann Lee", "Email": "ann@lee.example", "Phone": "(555) 010-0101", "Company": "Lee Ltd",
            "Notes": "Wants a loft", "Status": "Todo", "Assignee": "Jo", "Created": "11/9/2026 8:14am",
        },
        {
            "name": "Name", "email": "Email", "phone": "Phone", "company": "Company", "message": "Notes",
            "status": "Status", "owner": "Assignee", "received_at": "Created",
        },
        encoding="utf-8-sig",
    ),
    Kind(
        "payments",
        {
            "id": "cus_1", "Description": "Loft", "Email": "ann@lee.example", "Name": "Ann Lee",
            "Created (UTC)": "2026-11-09 08:14", "Delinquent": "false", "Card ID": "",
            "Total Spend": "0.00", "Currency": "eur",
        },
        {
            "email": "Email", "name": "Name", "received_at": "Created (UTC)",
        },
    ),
    Kind(
        "till",
        {
            "Reference ID": "", "First Name": "Ann", "Last Name": "Lee", "Email Address": "ann@lee.example",
            "Phone Number": "+15550100101", "Nickname": "", "Company Name": "Lee LLC",
            "Street Address 1": "", "City": "", "State": "", "Postal Code": "", "Birthday": "", "Memo": "",
            "Creation Source": "Manual", "First Visit": "", "Last Visit": "", "Transaction Count": "0",
            "Total Spend": "$0", "Email Subscription Status": "unknown",
        },
        {
            "first_name": "First Name", "last_name": "Last Name", "email": "Email Address",
            "phone": "Phone Number", "company": "Company Name",
        },
    ),
    Kind(
        "shop",
        {
            "customer_id": "5", "billing_first_name": "Ann", "billing_last_name": "Lee",
            "billing_company": "Lee Ltd", "billing_email": "ann@lee.example",
            "billing_phone": "020 7946 0001", "shipping_first_name": "Ann", "shipping_last_name": "Lee",
            "order_date": "2026-11-09 08:14:05", "order_total": "10.00", "customer_note": "ring twice",
        },
        {
            "first_name": "billing_first_name", "last_name": "billing_last_name",
            "company": "billing_company", "email": "billing_email", "phone": "billing_phone",
            "message": "customer_note",
        },
    ),
    Kind(
        "newsletter",
        {
            "EMAIL": "ann@lee.example", "FIRSTNAME": "Ann", "LASTNAME": "Lee", "SMS": "447700900001",
            "ADDED_TIME": "09-11-2026 08:14:05", "MODIFIED_TIME": "", "EMAIL_BLACKLIST": "false",
        },
        {
            "email": "EMAIL", "first_name": "FIRSTNAME", "last_name": "LASTNAME", "phone": "SMS",
            "received_at": "ADDED_TIME",
        },
        separator=";",
    ),
    Kind(
        "chat",
        {
            "Name": "Ann Lee", "Owner": "Jo", "Lead category": "", "Conversation Rating": "",
            "Email": "ann@lee.example", "Phone": "", "User ID": "abc",
            "First Seen (UTC)": "2026-11-09 08:14:05", "Signed up (UTC)": "", "Last seen (UTC)": "",
            "City": "Bonn", "Company name": "Lee Ltd", "Browser": "", "Source": "",
        },
        {
            "name": "Name", "owner": "Owner", "email": "Email", "company": "Company name",
            "received_at": "First Seen (UTC)",
        },
    ),
    Kind(
        "jobs portal",
        {
            "Lead ID": "1", "Customer name": "Ann L.", "Customer phone": "(555) 010-0101",
            "Category": "Painting", "Request details": "Two rooms, white, soon please",
            "Date": "11/09/2026", "Status": "Contacted", "Price": "$12.00",
        },
        {
            "name": "Customer name", "phone": "Customer phone", "message": "Request details",
            "received_at": "Date", "status": "Status",
        },
    ),
    Kind(
        "reviews portal",
        {
            "Date Received": "11/09/2026 8:14 AM", "Customer Name": "Ann L.",
            "Customer Email": "reply+abc@messaging.example", "Project Description": "Need a roof",
            "Zip": "94110",
        },
        {
            "received_at": "Date Received", "name": "Customer Name", "email": "Customer Email",
            "message": "Project Description",
        },
    ),
    Kind(
        "lead ads",
        {
            "lead_id": "1", "created_time": "11-09-2026 08:14:05", "ad_name": "Autumn",
            "form_name": "Quote", "Full name": "Ann Lee", "Email": "ann@lee.example",
            "Phone number": "+15550100101", "Province": "BC",
        },
        {
            "received_at": "created_time", "name": "Full name", "email": "Email", "phone": "Phone number",
        },
    ),
    Kind(
        "dutch",
        {
            "Datum": "9-11-2026", "Naam": "Jan de Vries", "Bedrijfsnaam": "De Vries BV",
            "E-mail": "jan@devries.example", "Telefoonnummer": "06-12345678",
            "Bericht": "Graag een offerte", "Bron": "Google",
        },
        {
            "received_at": "Datum", "name": "Naam", "company": "Bedrijfsnaam", "email": "E-mail",
            "phone": "Telefoonnummer", "message": "Bericht", "source": "Bron",
        },
        separator=";",
    ),
    Kind(
        "polish",
        {
            "Data zgłoszenia": "2026-11-09", "Imię": "Łukasz", "Nazwisko": "Żak",
            "Adres e-mail": "lukasz@zak.example", "Numer telefonu": "600 100 200",
            "Firma": "Żak Sp. z o.o.", "Treść wiadomości": "Proszę o wycenę", "Źródło": "Google",
            "Opiekun": "Ola",
        },
        {
            "received_at": "Data zgłoszenia", "first_name": "Imię", "last_name": "Nazwisko",
            "email": "Adres e-mail", "phone": "Numer telefonu", "company": "Firma",
            "message": "Treść wiadomości", "source": "Źródło", "owner": "Opiekun",
        },
        separator=";",
        encoding="cp1250",
    ),
    Kind(
        "italian",
        {
            "Data": "09/11/2026", "Nome": "Elio", "Cognome": "Conti", "Azienda": "Conti Vini",
            "Indirizzo email": "elio@conti.example", "Cellulare": "333 0000011",
            "Richiesta": "Vorrei un preventivo per la facciata", "Provenienza": "Sito", "Stato": "nuovo",
        },
        {
            "received_at": "Data", "first_name": "Nome", "last_name": "Cognome", "company": "Azienda",
            "email": "Indirizzo email", "phone": "Cellulare", "message": "Richiesta",
            "source": "Provenienza", "status": "Stato",
        },
        separator=";",
    ),
    Kind(
        "portuguese",
        {
            "Data": "09/11/2026", "Nome completo": "João Silva", "Empresa": "Silva Lda",
            "E-mail": "joao@silva.example", "Telefone": "+351 910 000 001",
            "Mensagem": "Quero um orçamento", "Origem": "Google",
        },
        {
            "received_at": "Data", "name": "Nome completo", "company": "Empresa", "email": "E-mail",
            "phone": "Telefone", "message": "Mensagem", "source": "Origem",
        },
        encoding="cp1252",
    ),
    Kind(
        "swedish",
        {
            "Datum": "2026-11-09", "Förnamn": "Åsa", "Efternamn": "Öberg", "Företag": "Öberg AB",
            "E-postadress": "asa@oberg.example", "Telefon": "070-000 00 01", "Meddelande": "Kan ni måla?",
        },
        {
            "received_at": "Datum", "first_name": "Förnamn", "last_name": "Efternamn", "company": "Företag",
            "email": "E-postadress", "phone": "Telefon", "message": "Meddelande",
        },
        separator=";",
    ),
    Kind(
        "japanese",
        {
            "受付日時": "2026/11/09 08:14", "姓": "佐藤", "名": "花子", "フリガナ": "サトウ ハナコ",
            "会社名": "佐藤工房",
            "メールアドレス": "hanako@sato.example", "携帯電話番号": "090-0000-1111",
            "ご相談内容": "外壁の塗装", "担当者": "鈴木",
        },
        {
            "received_at": "受付日時", "first_name": "名", "last_name": "姓", "company": "会社名",
            "email": "メールアドレス", "phone": "携帯電話番号", "message": "ご相談内容",
        },
        encoding="cp932",
    ),
    Kind(
        "korean",
        {
            "이름": "김민수", "회사명": "민수상사", "이메일": "minsu@kim.example", "연락처": "010-0000-1111",
            "문의 내용": "견적 부탁드립니다", "등록일": "2026-11-09",
        },
        {
            "name": "이름", "company": "회사명", "email": "이메일", "phone": "연락처", "message": "문의 내용",
            "received_at": "등록일",
        },
        encoding="cp949",
    ),
    Kind(
        "russian",
        {
            "Дата": "09.11.2026", "Имя": "Анна", "Фамилия": "Иванова", "Телефон": "+7 900 000-00-01",
            "Эл. почта": "anna@ivanova.example", "Компания": "ООО Ромашка", "Комментарий": "Нужен ремонт",
        },
        {
            "received_at": "Дата", "first_name": "Имя", "last_name": "Фамилия", "phone": "Телефон",
            "email": "Эл. почта", "company": "Компания", "message": "Комментарий",
        },
        separator=";",
        encoding="cp1251",
    ),
    Kind(
        "chinese-trad",
        {
            "姓名": "李娜", "公司名稱": "麗娜貿易", "電子郵件": "lina@lina.example",
            "電話號碼": "02-5550-0101",
            "留言": "請報價，外牆塗料",
        },
        {
            "name": "姓名", "company": "公司名稱", "email": "電子郵件", "phone": "電話號碼",
            "message": "留言",
        },
        encoding="big5",
    ),
    Kind(
        "utf16le-nobom",
        {
            "Name": "Ann Lee", "Email": "ann@lee.example",
        },
        {
            "name": "Name", "email": "Email",
        },
        separator="\t",
        encoding="utf-16-le",
    ),
    Kind(
        "turkish",
        {
            "Tarih": "09.11.2026", "Ad Soyad": "Ömer Yıldız", "Şirket": "Yıldız Ltd. Şti.",
            "E-posta": "omer@yildiz.example", "Telefon": "0532 000 00 01",
            "Mesajınız": "Fiyat alabilir miyim?",
        },
        {
            "received_at": "Tarih", "name": "Ad Soyad", "company": "Şirket", "email": "E-posta",
            "phone": "Telefon", "message": "Mesajınız",
        },
        separator=";",
        encoding="cp1254",
    ),
    Kind(
        "czech",
        {
            "Datum": "9. 11. 2026", "Jméno": "Jiří", "Příjmení": "Dvořák", "Firma": "Dvořák s.r.o.",
            "E-mail": "jiri@dvorak.example", "Telefon": "+420 600 000 001",
            "Zpráva": "Dobrý den, prosím o nabídku",
        },
        {
            "received_at": "Datum", "first_name": "Jméno", "last_name": "Příjmení", "company": "Firma",
            "email": "E-mail", "phone": "Telefon", "message": "Zpráva",
        },
        separator=";",
        encoding="cp1250",
    ),
    Kind(
        "customer and contact",
        {
            "Customer": "Lee Ltd", "Contact": "Ann Lee", "Email": "ann@lee.example",
            "Tel.": "020 7946 0001",
        },
        {
            "name": "Contact", "email": "Email", "phone": "Tel.",
        },
    ),
    Kind(
        "list, German",
        {
            "Firma": "Bau KG", "Ansprechpartner": "Frau Beck", "Straße": "Weg 1", "PLZ": "10115",
            "Ort": "Berlin", "Telefon": "030 1234567", "Mobil": "", "E-Mail": "beck@bau.example",
            "Bemerkung": "ruft an", "Quelle": "Messe", "Datum Erstkontakt": "09.11.2026",
        },
        {
            "company": "Firma", "name": "Ansprechpartner", "phone": "Telefon", "email": "E-Mail",
            "message": "Bemerkung", "source": "Quelle", "received_at": "Datum Erstkontakt",
        },
        separator=";",
    ),
    Kind(
        "list, French",
        {
            "Société": "Bois SARL", "Contact": "Luc Fabre", "Tél.": "01 99 00 12 34", "Portable": "",
            "Mail": "luc@bois.example", "Commentaire": "rappeler", "Origine": "Salon",
            "Date de création": "09/11/2026", "Commercial": "Anne",
        },
        {
            "company": "Société", "name": "Contact", "phone": "Tél.", "email": "Mail",
            "message": "Commentaire", "source": "Origine", "received_at": "Date de création",
            "owner": "Commercial",
        },
        separator=";",
        encoding="cp1252",
    ),
    Kind(
        "list, French, ISO 8859-15",
        {
            "Nom": "Œuvrard", "Prénom": "Zoé", "Courriel": "zoe@oeuvrard.example",
            "Message": "Devis à 200 €",
        },
        {
            "last_name": "Nom", "first_name": "Prénom", "email": "Courriel", "message": "Message",
        },
        separator=";",
        encoding="iso8859-15",
    ),
)  # fmt: skip
