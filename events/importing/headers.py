"""Recognise columns by their headers, however they are cased, spaced and punctuated."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

WORDS = re.compile(r"[^\W_]+|#")

Aliases = Mapping[str, tuple[str, ...]]
"""Field name -> headers that hold it, the preferred one first."""
Columns = Mapping[str, tuple[int, ...]]
"""Field name -> indices of the columns that hold it, the preferred one first."""

COMMON_ALIASES: Aliases = {
    "name": (
        "Name", "Full name", "Guest name", "Attendee", "Guest", "Vollständiger Name", "Nom",
        "Nom complet", "Nombre", "Nombre completo", "Naam", "Volledige naam", "Nome",
        "Nome completo",
    ),
    "first_name": ("First name", "Given name", "Forename", "Vorname", "Prénom", "Voornaam"),
    "last_name": (
        "Last name", "Surname", "Family name", "Nachname", "Familienname", "Nom de famille",
        "Apellidos", "Apellido", "Achternaam", "Cognome",
    ),
    "email": (
        "E-mail", "Email", "E-mail address", "Email address", "Mail", "E-Mail-Adresse",
        "Email-Adresse", "Adresse e-mail", "Adresse email", "Adresse mail", "Courriel",
        "Correo electrónico", "Dirección de correo electrónico", "Correo", "E-mailadres",
        "Indirizzo e-mail", "Indirizzo email",
    ),
    "company": (
        "Company", "Organisation", "Organization", "Primary organization", "Employer",
        "Affiliation", "Firma", "Unternehmen", "Société", "Entreprise", "Empresa",
        "Organización", "Bedrijf", "Organisatie", "Azienda", "Società", "Organizzazione",
        "Company name", "Your company", "What's your company?", "What is your company?",
        "Which company do you work for?", "What company do you work for?", "Where do you work?",
        "What company do you represent?", "What organisation are you affiliated with?",
        "What organization are you affiliated with?", "Wo arbeitest du?",
        "In welchem Unternehmen arbeitest du?", "Pour quelle entreprise travaillez-vous ?",
        "¿Para qué empresa trabajas?", "Bij welk bedrijf werk je?", "Per quale azienda lavori?",
    ),
    "status": ("Status", "RSVP", "Approval status", "Statut", "État", "Estado", "Stato"),
    "interests": (
        "Interests", "Interest", "Topics", "Topic", "Interessen", "Themen", "Centres d'intérêt",
        "Thèmes", "Intereses", "Temas", "Interesses", "Onderwerpen", "Interessi", "Temi",
    ),
    "intent": ("Intent", "Why", "Aim", "Goal", "Reason for coming", "Absicht"),
    "ask": ("Ask", "Asks", "Need", "Suche", "Ich suche", "Je cherche", "Busco", "Ik zoek", "Cerco"),
    "offer": (
        "Offer", "Offers", "Biete", "Ich biete", "Je propose", "Ofrezco", "Ik bied", "Offro",
    ),
    "first_timer": (
        "First timer", "First time", "New here", "Zum ersten Mal", "Première fois",
        "Primera vez", "Eerste keer", "Prima volta",
    ),
    "trade": (
        "Trade", "Profession", "Occupation", "Line of work", "Industry", "Beruf",
        "Branche", "Métier", "Profesión", "Oficio", "Sector", "Beroep", "Professione",
    ),
    "needs": (
        "Accessibility", "Accessibility needs", "Access needs", "Special needs",
        "Barrierefreiheit", "Accessibilité", "Accesibilidad", "Toegankelijkheid", "Accessibilità",
    ),
    "host": ("Host", "Table host", "Gastgeber"),
    "plus_ones": (
        "Plus ones", "Plus one", "Guests", "Number of guests", "Additional guests",
        "Begleitpersonen", "Begleitung", "Accompagnants", "Acompañantes", "Accompagnatori",
    ),
    "tickets": ("Quantity", "Ticket quantity", "Number of tickets", "Anzahl Tickets"),
}  # fmt: skip

QUESTION_PHRASES: Aliases = {
    "intent": (
        "why are you coming", "why are you here", "why do you come", "what brings you",
        "why will you come", "warum kommst du", "warum kommen sie", "was führt",
        "pourquoi venez vous", "por qué vienes", "waarom kom je", "perché vieni",
    ),
    "ask": (
        "looking for", "need help with", "could use help", "would like help", "hope to find",
        "suchst du", "suchen sie", "cherchez vous", "qué buscas", "zoek je", "cosa cerchi",
    ),
    "offer": (
        "help with", "can you offer", "can offer", "could offer", "happy to share", "give back",
        "kannst du anbieten", "können sie anbieten", "helfen", "pouvez vous offrir",
        "puedes ofrecer", "kun je bieten", "puoi offrire",
    ),
    "first_timer": ("your first time", "your first event", "erstes mal"),
    "trade": (
        "your trade", "your profession", "do for a living", "line of work", "job title",
        "dein beruf", "ihr beruf", "votre métier", "tu profesión", "su profesión",
    ),
    "needs": (
        "accessibility", "access needs", "step free", "wheelchair", "barrierefrei", "accessibilité",
        "accesibilidad",
    ),
    "host": ("host a table", "welcome people at a table", "gastgeber"),
    "plus_ones": ("how many guests", "bringing a guest", "bring a guest", "your plus one"),
    "interests": (
        "what are you interested in", "which topics", "what topics", "topics you", "your topics",
        "your interests", "areas of interest", "topics of interest", "technical interests",
        "talk about", "themen", "wofür interessierst", "quels sujets", "vous intéressent",
        "te interesan", "qué temas", "welke onderwerpen", "interesseert je", "ti interessano",
    ),
}  # fmt: skip

TICKET_FIELDS = ("order", "position", "secret", "paid")
"""What only a ticket system has: no header of a plain list is taken for one of them, but a person may say so."""
FIELDS = (*COMMON_ALIASES, *TICKET_FIELDS)


def fold_words(text: str) -> str:
    """Return the words of a text in lower case with single spaces; "#" counts as a word."""
    return " ".join(WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))


def find_columns(headers: Sequence[str], aliases: Aliases) -> Columns:
    """Say which columns hold which field: exact headers first, then phrases within a question.

    A column is used for one field only. When several columns hold the same field (an attendee's
    and a buyer's address), all are listed in the order of the aliases.
    """
    folded = [fold_words(header) for header in headers]
    columns = _exact_columns(folded, aliases)
    taken = {index for indices in columns.values() for index in indices}
    for index, header in enumerate(folded):
        field = _question_field(header)
        if index not in taken and field:
            columns[field] = (*columns.get(field, ()), index)
    return columns


def remap_columns(columns: Columns, mapping: Mapping[int, str]) -> Columns:
    """Let a person's word (column -> field, or "" for nothing) win over what was recognised.

    The column a person named comes first among those of its field.
    """
    kept = {
        field: tuple(i for i in indices if i not in mapping) for field, indices in columns.items()
    }
    for index, field in sorted(mapping.items(), reverse=True):
        if field:
            kept[field] = (index, *kept.get(field, ()))
    return {field: indices for field, indices in kept.items() if indices}


def _exact_columns(folded: Sequence[str], aliases: Aliases) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for field, names in aliases.items():
        found = [
            index
            for alias in map(fold_words, names)
            for index, header in enumerate(folded)
            if header == alias and index not in taken
        ]
        if found:
            columns[field] = tuple(dict.fromkeys(found))
            taken.update(found)
    return columns


def _question_field(header: str) -> str:
    for field, phrases in QUESTION_PHRASES.items():
        if any(f" {phrase} " in f" {header} " for phrase in phrases):
            return field
    return ""
