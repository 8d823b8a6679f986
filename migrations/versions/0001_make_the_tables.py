"""Make the tables

Revision: 0001, after: 
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('is_administrator', sa.Boolean(), nullable=False),
    sa.Column('may_convene', sa.Boolean(), nullable=False),
    sa.Column('is_simulated', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email'))
    )
    op.create_table('audit_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('moment', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=True),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('action', sa.String(length=80), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_event_hash'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_action'), ['action'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_event_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('classification',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('licence', sa.Text(), nullable=False),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_classification')),
    sa.UniqueConstraint('version', name=op.f('uq_classification_version'))
    )
    op.create_table('framework',
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('licence', sa.String(length=200), nullable=False),
    sa.Column('attribution', sa.Text(), nullable=False),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_framework')),
    sa.UniqueConstraint('name', name=op.f('uq_framework_name'))
    )
    op.create_table('library_source',
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('licence', sa.String(length=200), nullable=False),
    sa.Column('attribution', sa.Text(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library_source')),
    sa.UniqueConstraint('name', name=op.f('uq_library_source_name'))
    )
    op.create_table('rate_count',
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('moment', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rate_count'))
    )
    with op.batch_alter_table('rate_count', schema=None) as batch_op:
        batch_op.create_index('ix_rate_count_scope_key_moment', ['scope', 'key', 'moment'], unique=False)

    op.create_table('text_vector',
    sa.Column('model_digest', sa.String(length=64), nullable=False),
    sa.Column('text_hash', sa.String(length=64), nullable=False),
    sa.Column('vector', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('model_digest', 'text_hash', name=op.f('pk_text_vector'))
    )
    op.create_table('area',
    sa.Column('classification_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('function', sa.String(length=80), nullable=False),
    sa.Column('domain', sa.String(length=120), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('definition', sa.Text(), nullable=False),
    sa.Column('domain_definition', sa.Text(), nullable=False),
    sa.Column('function_definition', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['classification_id'], ['classification.id'], name=op.f('fk_area_classification_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_area')),
    sa.UniqueConstraint('classification_id', 'function', 'domain', 'name', name=op.f('uq_area_classification_id_function_domain_name'))
    )
    with op.batch_alter_table('area', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_classification_id'), ['classification_id'], unique=False)

    op.create_table('cycle',
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('challenge', sa.Text(), nullable=False),
    sa.Column('challenge_when', sa.String(length=200), nullable=False),
    sa.Column('impact_domain', sa.String(length=200), nullable=False),
    sa.Column('case_for_foresighting', sa.Text(), nullable=False),
    sa.Column('scenario', sa.Text(), nullable=False),
    sa.Column('sponsor', sa.String(length=200), nullable=False),
    sa.Column('convener_organisation', sa.String(length=200), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('framework_id', sa.Uuid(), nullable=True),
    sa.Column('threshold_percent', sa.Integer(), nullable=False),
    sa.Column('is_demonstration', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['framework_id'], ['framework.id'], name=op.f('fk_cycle_framework_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cycle'))
    )
    op.create_table('occupation_title',
    sa.Column('source_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['source_id'], ['library_source.id'], name=op.f('fk_occupation_title_source_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occupation_title')),
    sa.UniqueConstraint('source_id', 'reference', name=op.f('uq_occupation_title_source_id_reference'))
    )
    with op.batch_alter_table('occupation_title', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupation_title_source_id'), ['source_id'], unique=False)

    op.create_table('occupational_standard',
    sa.Column('framework_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('version', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('route', sa.String(length=120), nullable=False),
    sa.Column('status', sa.String(length=60), nullable=False),
    sa.Column('overview', sa.Text(), nullable=False),
    sa.Column('job_titles', sa.JSON(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['framework_id'], ['framework.id'], name=op.f('fk_occupational_standard_framework_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occupational_standard')),
    sa.UniqueConstraint('framework_id', 'reference', name=op.f('uq_occupational_standard_framework_id_reference'))
    )
    with op.batch_alter_table('occupational_standard', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupational_standard_framework_id'), ['framework_id'], unique=False)

    op.create_table('sign_in_link',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('next_path', sa.String(length=500), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sign_in_link_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_link_token_hash'))
    )
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_link_account_id'), ['account_id'], unique=False)

    op.create_table('web_session',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_web_session_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_web_session_token_hash'))
    )
    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_session_account_id'), ['account_id'], unique=False)

    op.create_table('cycle_key',
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=True),
    sa.Column('destroyed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_cycle_key_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('cycle_id', name=op.f('pk_cycle_key'))
    )
    op.create_table('duty',
    sa.Column('standard_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('is_core', sa.Boolean(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['standard_id'], ['occupational_standard.id'], name=op.f('fk_duty_standard_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty')),
    sa.UniqueConstraint('standard_id', 'reference', name=op.f('uq_duty_standard_id_reference'))
    )
    with op.batch_alter_table('duty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duty_standard_id'), ['standard_id'], unique=False)

    op.create_table('job',
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=True),
    sa.Column('asked_by_id', sa.Uuid(), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('message', sa.String(length=300), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('finding', sa.JSON(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_job_asked_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_job_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_job_kind'), ['kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_job_state'), ['state'], unique=False)

    op.create_table('library_statement',
    sa.Column('source_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('occupation', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_library_statement_area_id')),
    sa.ForeignKeyConstraint(['source_id'], ['library_source.id'], name=op.f('fk_library_statement_source_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library_statement')),
    sa.UniqueConstraint('source_id', 'reference', name=op.f('uq_library_statement_source_id_reference'))
    )
    with op.batch_alter_table('library_statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_library_statement_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_library_statement_source_id'), ['source_id'], unique=False)

    op.create_table('mapping_run',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('framework_id', sa.Uuid(), nullable=False),
    sa.Column('model_name', sa.String(length=200), nullable=False),
    sa.Column('model_digest', sa.String(length=64), nullable=False),
    sa.Column('threshold_percent', sa.Integer(), nullable=False),
    sa.Column('inputs', sa.LargeBinary(), nullable=False),
    sa.Column('scores', sa.LargeBinary(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by_id', sa.Uuid(), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_mapping_run_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['framework_id'], ['framework.id'], name=op.f('fk_mapping_run_framework_id')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['account.id'], name=op.f('fk_mapping_run_reviewed_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mapping_run')),
    sa.UniqueConstraint('cycle_id', 'number', name=op.f('uq_mapping_run_cycle_id_number'))
    )
    with op.batch_alter_table('mapping_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mapping_run_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('milestone',
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_milestone_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone'))
    )
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_milestone_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('narrative',
    sa.Column('section', sa.String(length=40), nullable=False),
    sa.Column('markdown', sa.Text(), nullable=False),
    sa.Column('edited_by_id', sa.Uuid(), nullable=True),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_narrative_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['edited_by_id'], ['account.id'], name=op.f('fk_narrative_edited_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_narrative')),
    sa.UniqueConstraint('cycle_id', 'section', name=op.f('uq_narrative_cycle_id_section'))
    )
    with op.batch_alter_table('narrative', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_narrative_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('organisation',
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=80), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_organisation_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('cycle_id', 'key', name=op.f('uq_organisation_cycle_id_key'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('panellist',
    sa.Column('group_name', sa.String(length=40), nullable=False),
    sa.Column('link', sa.String(length=64), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_panellist_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panellist')),
    sa.UniqueConstraint('link', name=op.f('uq_panellist_link'))
    )
    with op.batch_alter_table('panellist', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_panellist_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('partner',
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_partner_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner')),
    sa.UniqueConstraint('cycle_id', 'name', name=op.f('uq_partner_cycle_id_name'))
    )
    with op.batch_alter_table('partner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('profile_generation',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('criterion', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_profile_generation_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_generation'))
    )
    with op.batch_alter_table('profile_generation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_generation_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('recommendation',
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('horizon', sa.String(length=40), nullable=False),
    sa.Column('topic', sa.String(length=300), nullable=False),
    sa.Column('actions', sa.Text(), nullable=False),
    sa.Column('who', sa.String(length=300), nullable=False),
    sa.Column('when_text', sa.String(length=200), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('owner', sa.String(length=200), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_recommendation_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation'))
    )
    with op.batch_alter_table('recommendation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recommendation_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('role_level',
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('academic_level', sa.Integer(), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_role_level_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_level')),
    sa.UniqueConstraint('cycle_id', 'name', name=op.f('uq_role_level_cycle_id_name'))
    )
    with op.batch_alter_table('role_level', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_level_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('rule_card',
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('threshold_percent', sa.Integer(), nullable=False),
    sa.Column('minimum_n', sa.Integer(), nullable=False),
    sa.Column('stability_percent', sa.Integer(), nullable=False),
    sa.Column('round_cap', sa.Integer(), nullable=False),
    sa.Column('panel_quorum', sa.Integer(), nullable=False),
    sa.Column('rationale', sa.Text(), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fixed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_rule_card_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('cycle_id', name=op.f('pk_rule_card'))
    )
    op.create_table('snapshot',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_snapshot_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot')),
    sa.UniqueConstraint('cycle_id', 'number', name=op.f('uq_snapshot_cycle_id_number'))
    )
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_snapshot_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('solution',
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('is_prioritised', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_solution_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_solution'))
    )
    with op.batch_alter_table('solution', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_solution_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('standard_in_use',
    sa.Column('standard_id', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_standard_in_use_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['standard_id'], ['occupational_standard.id'], name=op.f('fk_standard_in_use_standard_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standard_in_use')),
    sa.UniqueConstraint('cycle_id', 'standard_id', name=op.f('uq_standard_in_use_cycle_id_standard_id'))
    )
    with op.batch_alter_table('standard_in_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_standard_in_use_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('standard_ksb',
    sa.Column('standard_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['standard_id'], ['occupational_standard.id'], name=op.f('fk_standard_ksb_standard_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standard_ksb')),
    sa.UniqueConstraint('standard_id', 'reference', name=op.f('uq_standard_ksb_standard_id_reference'))
    )
    with op.batch_alter_table('standard_ksb', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_standard_ksb_standard_id'), ['standard_id'], unique=False)

    op.create_table('workshop',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_workshop_cycle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop'))
    )
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('duty_ksb',
    sa.Column('duty_id', sa.Uuid(), nullable=False),
    sa.Column('ksb_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['duty_id'], ['duty.id'], name=op.f('fk_duty_ksb_duty_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ksb_id'], ['standard_ksb.id'], name=op.f('fk_duty_ksb_ksb_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('duty_id', 'ksb_id', name=op.f('pk_duty_ksb'))
    )
    with op.batch_alter_table('duty_ksb', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duty_ksb_ksb_id'), ['ksb_id'], unique=False)

    op.create_table('job_file',
    sa.Column('job_id', sa.Uuid(), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_job_file_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('job_id', name=op.f('pk_job_file'))
    )
    op.create_table('library_occurrence',
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=120), nullable=False),
    sa.Column('occupation_code', sa.String(length=40), nullable=False),
    sa.Column('occupation', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['statement_id'], ['library_statement.id'], name=op.f('fk_library_occurrence_statement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library_occurrence')),
    sa.UniqueConstraint('statement_id', 'reference', name=op.f('uq_library_occurrence_statement_id_reference'))
    )
    with op.batch_alter_table('library_occurrence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_library_occurrence_statement_id'), ['statement_id'], unique=False)

    op.create_table('participant',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('group_name', sa.String(length=40), nullable=False),
    sa.Column('is_on_panel', sa.Boolean(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_participant_account_id')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_participant_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_participant_organisation_id')),
    sa.ForeignKeyConstraint(['partner_id'], ['partner.id'], name=op.f('fk_participant_partner_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant')),
    sa.UniqueConstraint('cycle_id', 'account_id', name=op.f('uq_participant_cycle_id_account_id'))
    )
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participant_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participant_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('profile',
    sa.Column('generation_id', sa.Uuid(), nullable=True),
    sa.Column('role_level_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('suggested_names', sa.JSON(), nullable=False),
    sa.Column('is_name_suggested', sa.Boolean(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('ratified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_profile_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['generation_id'], ['profile_generation.id'], name=op.f('fk_profile_generation_id')),
    sa.ForeignKeyConstraint(['partner_id'], ['partner.id'], name=op.f('fk_profile_partner_id')),
    sa.ForeignKeyConstraint(['role_level_id'], ['role_level.id'], name=op.f('fk_profile_role_level_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile')),
    sa.UniqueConstraint('cycle_id', 'code', name=op.f('uq_profile_cycle_id_code'))
    )
    with op.batch_alter_table('profile', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_role_level_id'), ['role_level_id'], unique=False)

    op.create_table('report',
    sa.Column('snapshot_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('pdf', sa.LargeBinary(), nullable=True),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_off_by_id', sa.Uuid(), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_report_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_report_job_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['signed_off_by_id'], ['account.id'], name=op.f('fk_report_signed_off_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_report_snapshot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('round',
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_round_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_round_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('workshop_id', 'number', name=op.f('uq_round_workshop_id_number'))
    )
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('approval',
    sa.Column('profile_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_approval_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_approval_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_approval_profile_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval')),
    sa.UniqueConstraint('profile_id', 'participant_id', name=op.f('uq_approval_profile_id_participant_id'))
    )
    with op.batch_alter_table('approval', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_approval_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_approval_profile_id'), ['profile_id'], unique=False)

    op.create_table('capability_statement',
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('merged_into_id', sa.Uuid(), nullable=True),
    sa.Column('submitted_by_id', sa.Uuid(), nullable=True),
    sa.Column('library_statement_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_capability_statement_area_id')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_capability_statement_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['library_statement_id'], ['library_statement.id'], name=op.f('fk_capability_statement_library_statement_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['merged_into_id'], ['capability_statement.id'], name=op.f('fk_capability_statement_merged_into_id')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['participant.id'], name=op.f('fk_capability_statement_submitted_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_capability_statement')),
    sa.UniqueConstraint('cycle_id', 'code', name=op.f('uq_capability_statement_cycle_id_code'))
    )
    with op.batch_alter_table('capability_statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_capability_statement_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_capability_statement_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('finished_ballot',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('panellist_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['panellist_id'], ['panellist.id'], name=op.f('fk_finished_ballot_panellist_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_finished_ballot_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'panellist_id', name=op.f('pk_finished_ballot'))
    )
    op.create_table('invitation',
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('organisation', sa.String(length=200), nullable=False),
    sa.Column('group_name', sa.String(length=40), nullable=False),
    sa.Column('is_on_panel', sa.Boolean(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_invitation_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_invitation_participant_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['partner_id'], ['partner.id'], name=op.f('fk_invitation_partner_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('cycle_id', 'email', name=op.f('uq_invitation_cycle_id_email')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('capability_ksb',
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('suggested_text', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('score', sa.Double(), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_capability_ksb_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['participant.id'], name=op.f('fk_capability_ksb_decided_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['statement_id'], ['capability_statement.id'], name=op.f('fk_capability_ksb_statement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_capability_ksb'))
    )
    with op.batch_alter_table('capability_ksb', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_capability_ksb_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_capability_ksb_statement_id'), ['statement_id'], unique=False)

    op.create_table('distinct_pair',
    sa.Column('first_id', sa.Uuid(), nullable=False),
    sa.Column('second_id', sa.Uuid(), nullable=False),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_distinct_pair_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_distinct_pair_decided_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['first_id'], ['capability_statement.id'], name=op.f('fk_distinct_pair_first_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['capability_statement.id'], name=op.f('fk_distinct_pair_second_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_distinct_pair')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_distinct_pair_first_id_second_id'))
    )
    with op.batch_alter_table('distinct_pair', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_distinct_pair_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('item',
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('role_level_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('function', sa.String(length=80), nullable=False),
    sa.Column('domain', sa.String(length=120), nullable=False),
    sa.Column('area', sa.String(length=120), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_item_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_level_id'], ['role_level.id'], name=op.f('fk_item_role_level_id')),
    sa.ForeignKeyConstraint(['statement_id'], ['capability_statement.id'], name=op.f('fk_item_statement_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_item_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item')),
    sa.UniqueConstraint('workshop_id', 'statement_id', 'role_level_id', name=op.f('uq_item_workshop_id_statement_id_role_level_id'))
    )
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_statement_id'), ['statement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('match_review',
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('duty_id', sa.Uuid(), nullable=False),
    sa.Column('verdict', sa.String(length=40), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_match_review_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['duty_id'], ['duty.id'], name=op.f('fk_match_review_duty_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_match_review_participant_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['statement_id'], ['capability_statement.id'], name=op.f('fk_match_review_statement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_review')),
    sa.UniqueConstraint('cycle_id', 'statement_id', 'duty_id', name=op.f('uq_match_review_cycle_id_statement_id_duty_id'))
    )
    with op.batch_alter_table('match_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_match_review_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_match_review_statement_id'), ['statement_id'], unique=False)

    op.create_table('profile_capability',
    sa.Column('profile_id', sa.Uuid(), nullable=False),
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('voted_level', sa.Integer(), nullable=True),
    sa.Column('voted_outcome', sa.String(length=20), nullable=False),
    sa.Column('voted_counts', sa.JSON(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('is_provisional', sa.Boolean(), nullable=False),
    sa.Column('is_second_membership', sa.Boolean(), nullable=False),
    sa.Column('is_added_by_panel', sa.Boolean(), nullable=False),
    sa.Column('is_removed', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('why', sa.JSON(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_profile_capability_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_profile_capability_profile_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['capability_statement.id'], name=op.f('fk_profile_capability_statement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_capability')),
    sa.UniqueConstraint('profile_id', 'statement_id', name=op.f('uq_profile_capability_profile_id_statement_id'))
    )
    with op.batch_alter_table('profile_capability', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_capability_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_capability_profile_id'), ['profile_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_capability_statement_id'), ['statement_id'], unique=False)

    op.create_table('profile_change',
    sa.Column('profile_id', sa.Uuid(), nullable=False),
    sa.Column('statement_id', sa.Uuid(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('moment', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_profile_change_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_profile_change_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_profile_change_profile_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['capability_statement.id'], name=op.f('fk_profile_change_statement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_change')),
    sa.UniqueConstraint('profile_id', 'number', name=op.f('uq_profile_change_profile_id_number'))
    )
    with op.batch_alter_table('profile_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_change_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_change_profile_id'), ['profile_id'], unique=False)

    op.create_table('statement_partner',
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['partner_id'], ['partner.id'], name=op.f('fk_statement_partner_partner_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['statement_id'], ['capability_statement.id'], name=op.f('fk_statement_partner_statement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('statement_id', 'partner_id', name=op.f('pk_statement_partner'))
    )
    op.create_table('statement_revision',
    sa.Column('statement_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('changed_by_id', sa.Uuid(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['account.id'], name=op.f('fk_statement_revision_changed_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['statement_id'], ['capability_statement.id'], name=op.f('fk_statement_revision_statement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement_revision')),
    sa.UniqueConstraint('statement_id', 'number', name=op.f('uq_statement_revision_statement_id_number'))
    )
    with op.batch_alter_table('statement_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_revision_statement_id'), ['statement_id'], unique=False)

    op.create_table('cell_decision',
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_cell_decision_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_cell_decision_decided_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_cell_decision_item_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cell_decision')),
    sa.UniqueConstraint('item_id', name=op.f('uq_cell_decision_item_id'))
    )
    with op.batch_alter_table('cell_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cell_decision_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('item_verdict',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('abstained', sa.Integer(), nullable=False),
    sa.Column('closing', sa.String(length=20), nullable=False),
    sa.Column('is_fragile', sa.Boolean(), nullable=False),
    sa.Column('is_two_camps', sa.Boolean(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('rule_digest', sa.String(length=64), nullable=False),
    sa.Column('engine', sa.String(length=40), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_item_verdict_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_verdict_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_item_verdict_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_verdict')),
    sa.UniqueConstraint('item_id', 'round_id', name=op.f('uq_item_verdict_item_id_round_id'))
    )
    with op.batch_alter_table('item_verdict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_verdict_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_verdict_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_verdict_round_id'), ['round_id'], unique=False)

    op.create_table('rating',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('panellist_id', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.String(length=40), nullable=False),
    sa.Column('code', sa.SmallInteger(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_rating_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_rating_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['panellist_id'], ['panellist.id'], name=op.f('fk_rating_panellist_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_rating_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'item_id', 'panellist_id', name=op.f('pk_rating'))
    )
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rating_panellist_id'), ['panellist_id'], unique=False)

    op.create_table('reason',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('panellist_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_reason_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_reason_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['panellist_id'], ['panellist.id'], name=op.f('fk_reason_panellist_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_reason_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reason')),
    sa.UniqueConstraint('round_id', 'item_id', 'panellist_id', name=op.f('uq_reason_round_id_item_id_panellist_id'))
    )
    with op.batch_alter_table('reason', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reason_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reason_item_id'), ['item_id'], unique=False)

    op.create_table('round_item',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_round_item_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_item_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'item_id', name=op.f('pk_round_item'))
    )
    with op.batch_alter_table('round_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_item_item_id'), ['item_id'], unique=False)

    # Nobody changes the audit log: the database itself refuses.
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER audit_event_no_{verb} BEFORE {verb.upper()} ON audit_event "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION refuse_audit_change() RETURNS trigger AS "
            "'BEGIN RAISE EXCEPTION ''the audit log is append-only''; END' LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )


def downgrade() -> None:
    with op.batch_alter_table('round_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_item_item_id'))

    op.drop_table('round_item')
    with op.batch_alter_table('reason', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reason_item_id'))
        batch_op.drop_index(batch_op.f('ix_reason_cycle_id'))

    op.drop_table('reason')
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rating_panellist_id'))
        batch_op.drop_index(batch_op.f('ix_rating_item_id'))

    op.drop_table('rating')
    with op.batch_alter_table('item_verdict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_verdict_round_id'))
        batch_op.drop_index(batch_op.f('ix_item_verdict_item_id'))
        batch_op.drop_index(batch_op.f('ix_item_verdict_cycle_id'))

    op.drop_table('item_verdict')
    with op.batch_alter_table('cell_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cell_decision_cycle_id'))

    op.drop_table('cell_decision')
    with op.batch_alter_table('statement_revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statement_revision_statement_id'))

    op.drop_table('statement_revision')
    op.drop_table('statement_partner')
    with op.batch_alter_table('profile_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_profile_change_profile_id'))
        batch_op.drop_index(batch_op.f('ix_profile_change_cycle_id'))

    op.drop_table('profile_change')
    with op.batch_alter_table('profile_capability', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_profile_capability_statement_id'))
        batch_op.drop_index(batch_op.f('ix_profile_capability_profile_id'))
        batch_op.drop_index(batch_op.f('ix_profile_capability_cycle_id'))

    op.drop_table('profile_capability')
    with op.batch_alter_table('match_review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_match_review_statement_id'))
        batch_op.drop_index(batch_op.f('ix_match_review_cycle_id'))

    op.drop_table('match_review')
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_item_statement_id'))
        batch_op.drop_index(batch_op.f('ix_item_cycle_id'))

    op.drop_table('item')
    with op.batch_alter_table('distinct_pair', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_distinct_pair_cycle_id'))

    op.drop_table('distinct_pair')
    with op.batch_alter_table('capability_ksb', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_capability_ksb_statement_id'))
        batch_op.drop_index(batch_op.f('ix_capability_ksb_cycle_id'))

    op.drop_table('capability_ksb')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_cycle_id'))

    op.drop_table('invitation')
    op.drop_table('finished_ballot')
    with op.batch_alter_table('capability_statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_capability_statement_cycle_id'))
        batch_op.drop_index(batch_op.f('ix_capability_statement_area_id'))

    op.drop_table('capability_statement')
    with op.batch_alter_table('approval', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_approval_profile_id'))
        batch_op.drop_index(batch_op.f('ix_approval_cycle_id'))

    op.drop_table('approval')
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_round_cycle_id'))

    op.drop_table('round')
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_cycle_id'))

    op.drop_table('report')
    with op.batch_alter_table('profile', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_profile_role_level_id'))
        batch_op.drop_index(batch_op.f('ix_profile_cycle_id'))

    op.drop_table('profile')
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_participant_cycle_id'))
        batch_op.drop_index(batch_op.f('ix_participant_account_id'))

    op.drop_table('participant')
    with op.batch_alter_table('library_occurrence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_library_occurrence_statement_id'))

    op.drop_table('library_occurrence')
    op.drop_table('job_file')
    with op.batch_alter_table('duty_ksb', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_duty_ksb_ksb_id'))

    op.drop_table('duty_ksb')
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_cycle_id'))

    op.drop_table('workshop')
    with op.batch_alter_table('standard_ksb', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_standard_ksb_standard_id'))

    op.drop_table('standard_ksb')
    with op.batch_alter_table('standard_in_use', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_standard_in_use_cycle_id'))

    op.drop_table('standard_in_use')
    with op.batch_alter_table('solution', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_solution_cycle_id'))

    op.drop_table('solution')
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_snapshot_cycle_id'))

    op.drop_table('snapshot')
    op.drop_table('rule_card')
    with op.batch_alter_table('role_level', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_level_cycle_id'))

    op.drop_table('role_level')
    with op.batch_alter_table('recommendation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recommendation_cycle_id'))

    op.drop_table('recommendation')
    with op.batch_alter_table('profile_generation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_profile_generation_cycle_id'))

    op.drop_table('profile_generation')
    with op.batch_alter_table('partner', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_partner_cycle_id'))

    op.drop_table('partner')
    with op.batch_alter_table('panellist', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_panellist_cycle_id'))

    op.drop_table('panellist')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_cycle_id'))

    op.drop_table('organisation')
    with op.batch_alter_table('narrative', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_narrative_cycle_id'))

    op.drop_table('narrative')
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_milestone_cycle_id'))

    op.drop_table('milestone')
    with op.batch_alter_table('mapping_run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mapping_run_cycle_id'))

    op.drop_table('mapping_run')
    with op.batch_alter_table('library_statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_library_statement_source_id'))
        batch_op.drop_index(batch_op.f('ix_library_statement_area_id'))

    op.drop_table('library_statement')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_job_state'))
        batch_op.drop_index(batch_op.f('ix_job_kind'))
        batch_op.drop_index(batch_op.f('ix_job_cycle_id'))

    op.drop_table('job')
    with op.batch_alter_table('duty', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_duty_standard_id'))

    op.drop_table('duty')
    op.drop_table('cycle_key')
    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_web_session_account_id'))

    op.drop_table('web_session')
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_link_account_id'))

    op.drop_table('sign_in_link')
    with op.batch_alter_table('occupational_standard', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_occupational_standard_framework_id'))

    op.drop_table('occupational_standard')
    with op.batch_alter_table('occupation_title', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_occupation_title_source_id'))

    op.drop_table('occupation_title')
    op.drop_table('cycle')
    with op.batch_alter_table('area', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_area_classification_id'))

    op.drop_table('area')
    op.drop_table('text_vector')
    with op.batch_alter_table('rate_count', schema=None) as batch_op:
        batch_op.drop_index('ix_rate_count_scope_key_moment')

    op.drop_table('rate_count')
    op.drop_table('library_source')
    op.drop_table('framework')
    op.drop_table('classification')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_cycle_id'))
        batch_op.drop_index(batch_op.f('ix_audit_event_action'))

    op.drop_table('audit_event')
    op.drop_table('account')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change()")
