"""The data sets a cycle used, with the words their licences ask for, and what the method cites."""

import uuid

from sqlalchemy import select

from cycles.classification.queries import current
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.profiles.models import ProfileGeneration
from cycles.semantics.lenses import KeptLens, active_lens
from cycles.setup.provision import frameworks_of
from cycles.standards.models import Framework
from reports.document.assembling.rows import Rows
from reports.document.facts import Reference, Source
from reports.mapping.findings import Findings, FrameworkFacts, RunFacts

COMPARED = "Standards and duties compared with"
IN_USE = "Standards named as in use today"
# Of the models that the software brings along; of any other it does not know the licence.
MODEL_LICENCES = {"all-MiniLM-L6-v2": "Apache License 2.0"}
REFERENCES = tuple(
    Reference(text)
    for text in (
        "Diamond, I. R., Grant, R. C., Feldman, B. M. and others (2014). Defining consensus: a "
        "systematic review recommends methodologic criteria for reporting of Delphi studies. "
        "Journal of Clinical Epidemiology 67(4), 401-409.",
        "Fitch, K., Bernstein, S. J., Aguilar, M. D. and others (2001). The RAND/UCLA "
        "Appropriateness Method User's Manual. RAND.",
        "Gattrell, W. T., Logullo, P., van Zuuren, E. J. and others (2024). ACCORD (ACcurate "
        "COnsensus Reporting Document): a reporting guideline for consensus methods in "
        "biomedicine developed via a modified Delphi. PLoS Medicine 21(1), e1004326.",
        "Kendall, M. G. and Babington Smith, B. (1939). The problem of m rankings. Annals of "
        "Mathematical Statistics 10(3), 275-287.",
        "Krippendorff, K. (2019). Content Analysis: An Introduction to Its Methodology, 4th "
        "edition. Sage.",
        "Linstone, H. A. and Turoff, M. (editors) (1975). The Delphi Method: Techniques and "
        "Applications. Addison-Wesley.",
        "Niederberger, M., Schifano, J., Deckert, S. and others (2024). Delphi studies in social "
        "and health sciences: recommendations for an interdisciplinary standardized reporting "
        "(DELPHISTAR). PLoS ONE 19(8), e0304651.",
        "Reimers, N. and Gurevych, I. (2019). Sentence-BERT: sentence embeddings using Siamese "
        "BERT-networks. Proceedings of EMNLP-IJCNLP 2019.",
        "Tastle, W. J. and Wierman, M. J. (2007). Consensus and dissention: a measure of ordinal "
        "dispersion. International Journal of Approximate Reasoning 45(3), 531-545.",
        "Van der Eijk, C. (2001). Measuring agreement in ordered rating scales. Quality and "
        "Quantity 35, 325-341.",
        "Ward, J. H. (1963). Hierarchical grouping to optimize an objective function. Journal of "
        "the American Statistical Association 58(301), 236-244.",
    )
)


def source_facts(rows: Rows, found: Findings | None) -> tuple[Source, ...]:
    """Return what the cycle used: data sets first, then the model and what was learnt for it."""
    run = found.run if found else None
    model = [*_model(run), *_adapter(run)] if run else []
    return (*_classification(), *_frameworks(rows, run), *_library(rows), *model, *_lenses(rows))


def _model(run: RunFacts) -> list[Source]:
    words = f"Weights identified by SHA-256 {run.model_digest}."
    licence = MODEL_LICENCES.get(run.model_name, "")
    use = "Match scores and nearness in meaning"
    return [Source(run.model_name, "", licence, words, use, is_illustrative=False)]


def _adapter(run: RunFacts) -> list[Source]:
    """Return what the adapter was learnt from, with the words that its licence asks for."""
    held = run.adapter
    if held is None:
        return []
    words = f"{held.attribution} Adapter identified by SHA-256 {held.digest}.".strip()
    use = "The adapter of the match scores, learnt from its links between tasks and activities"
    return [Source(held.source, "", held.licence, words, use, is_illustrative=False)]


def _lenses(rows: Rows) -> list[Source]:
    """Return what the lens was learnt from through which profiles were grouped by meaning."""
    wanted = {each.generation_id for each in rows.live} - {None}
    if not wanted:
        return []
    found = db.session.scalars(
        select(ProfileGeneration.settings).where(ProfileGeneration.id.in_(wanted))
    )
    return [_lens(digest) for digest in sorted({each.get("lens") or "" for each in found} - {""})]


def _lens(digest: str) -> Source:
    kept = _kept_lens()
    use = "The lens through which capabilities were grouped into profiles"
    words = f"Lens identified by SHA-256 {digest}."
    if kept is None or kept.digest != digest:
        return Source("A lens that is no longer kept", "", "", words, use, is_illustrative=False)
    facts = kept.facts
    told = f"{facts.get('attribution', '')} {words}".strip()
    return Source(
        str(facts["source"]), "", str(facts.get("licence", "")), told, use, is_illustrative=False
    )


def _kept_lens() -> KeptLens | None:
    try:
        return active_lens()
    except (Invalid, OSError):
        return None  # Damaged or gone: the report then says by its digest which one it was.


def _classification() -> list[Source]:
    row = current()
    if row is None:
        return []
    use = "Functions, domains and functional areas"
    words = f"{row.name}, version {row.version}."
    return [Source(row.name, row.version, row.licence, words, use, is_illustrative=False)]


def _frameworks(rows: Rows, run: RunFacts | None) -> list[Source]:
    """Return the frameworks that were compared with, as they stood, and those in use today."""
    compared = [] if run is None else [_source(each, COMPARED) for each in run.frameworks]
    held = {each.framework_id for each in run.frameworks} if run else set()
    chosen = [] if run else [each.framework for each in frameworks_of(rows.cycle.id)]
    held |= {each.id for each in chosen}
    others = [_source(each, IN_USE) for each in _others(rows, held)]
    return [*compared, *(_source(each, COMPARED) for each in chosen), *others]


def _others(rows: Rows, held: set[uuid.UUID]) -> list[Framework]:
    """Return the frameworks of standards in use beside those ``held`` already, by name."""
    wanted = {each.framework_id for each in rows.in_use} - held
    if not wanted:
        return []
    return list(
        db.session.scalars(
            select(Framework).where(Framework.id.in_(wanted)).order_by(Framework.name)
        )
    )


def _source(framework: Framework | FrameworkFacts, use: str) -> Source:
    return Source(
        name=framework.name,
        version=framework.version,
        licence=framework.licence,
        attribution=framework.attribution,
        used_for=use,
        is_illustrative=framework.is_illustrative,
        snapshot_on=framework.snapshot_on,
    )


def _library(rows: Rows) -> list[Source]:
    adopted = _adopted_sources(rows)
    named = _named_sources(rows)
    lines = []
    for row in db.session.scalars(select(LibrarySource).order_by(LibrarySource.name)):
        uses = ["Capability statements"] if row.id in adopted else []
        uses += [use for use, texts in named if any(row.name in text for text in texts)]
        if uses:
            use = ", ".join(uses)
            lines.append(Source(row.name, row.version, row.licence, row.attribution, use, False))
    return lines


def _adopted_sources(rows: Rows) -> set[object]:
    adopted = {each.library_statement_id for each in rows.kept} - {None}
    if not adopted:
        return set()
    wanted = select(LibraryStatement.source_id).where(LibraryStatement.id.in_(adopted))
    return set(db.session.scalars(wanted))


def _named_sources(rows: Rows) -> list[tuple[str, set[str]]]:
    """Return the uses that name their source in words: accepted KSBs and profiles' names."""
    ksbs = db.session.scalars(
        select(CapabilityKsb.source)
        .where(CapabilityKsb.cycle_id == rows.cycle.id, CapabilityKsb.status == KsbStatus.ACCEPTED)
        .distinct()
    )
    titles = {
        str(each.get("source", ""))
        for profile in rows.live
        for each in profile.suggested_names
        if isinstance(each, dict) and each.get("title") == profile.name
    }
    return [("Knowledge, skills and behaviours", set(ksbs)), ("Names of profiles", titles)]
