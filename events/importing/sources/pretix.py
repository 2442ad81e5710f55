"""pretix: the check-in list and the order positions, in six languages.

Headers are translated to the language of who exports. Seen in pretix itself: the English ones, the German order code and
company, the French and Dutch ones of order, attendee and their address. The others, and all of Spanish and Italian, are
our own translations: where an export words one differently, the column can be named by hand in the preview.
"""

from events.importing.sources.source import Source

PRETIX = Source(
    name="pretix",
    own_aliases={
        "order": (
            "Order code", "Bestellnummer", "Bestellcode", "Code de commande", "Numéro de commande",
            "Código de pedido", "Código del pedido", "Bestelcode", "Bestelnummer", "Codice ordine",
            "Codice dell'ordine",
        ),
        "position": (
            "Position ID", "Position", "Positionsnummer", "Positions-ID", "Plaatsnummer",
            "Positie-ID", "ID de posición", "ID posizione",
        ),
        "secret": (
            "Secret", "Ticket secret", "Geheimnis", "Geheimer Code", "Ticketcode", "Code secret",
            "Secreto", "Código secreto", "Geheim", "Geheime code", "Segreto", "Codice segreto",
        ),
        "paid": ("Paid", "Bezahlt", "Payé", "Payée", "Pagado", "Pagada", "Betaald", "Pagato"),
        "name": (
            "Attendee name", "Name Teilnehmer*in", "Name des Teilnehmers", "Teilnehmername",
            "Nom du participant", "Nom du·de la participant·e", "Nombre del asistente",
            "Nombre del participante", "Naam van aanwezige", "Naam van deelnemer",
            "Naam deelnemer", "Nome del partecipante", "Nome partecipante",
        ),
        "email": (
            "Attendee email", "E-Mail Teilnehmer*in", "E-Mail des Teilnehmers",
            "Adresse mail du participant", "E-mail du participant",
            "Correo electrónico del asistente", "Correo electrónico del participante",
            "E-mailadres van aanwezige", "E-mailadres van deelnemer", "E-mail del partecipante",
        ),
    },
    marks=frozenset({"order", "name"}),
)  # fmt: skip
