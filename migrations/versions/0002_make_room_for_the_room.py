"""Make room for scales, steps, joining, letters and receipts

Revision: 0002, after: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('arrival',
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('organisation', sa.String(length=200), nullable=False),
    sa.Column('group_name', sa.String(length=40), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_arrival_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_arrival_participant_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['partner_id'], ['partner.id'], name=op.f('fk_arrival_partner_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_arrival_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrival')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_arrival_token_hash'))
    )
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arrival_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_arrival_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('receipt',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('panellist_id', sa.Uuid(), nullable=False),
    sa.Column('secret', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['panellist_id'], ['panellist.id'], name=op.f('fk_receipt_panellist_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_receipt_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'panellist_id', name=op.f('pk_receipt'))
    )
    op.create_table('step',
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seconds_left', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_revealed', sa.Boolean(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_step_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_step_round_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_step_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_step')),
    sa.UniqueConstraint('workshop_id', 'position', name=op.f('uq_step_workshop_id_position'))
    )
    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_step_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_step_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('workshop_letter',
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=True),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_workshop_letter_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_workshop_letter_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_workshop_letter_round_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_letter_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_letter'))
    )
    with op.batch_alter_table('workshop_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_letter_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_letter_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index('ix_workshop_letter_round_kind', ['round_id', 'kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_letter_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('assignment',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('panellist_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_assignment_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['panellist_id'], ['panellist.id'], name=op.f('fk_assignment_panellist_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_assignment_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'panellist_id', 'item_id', name=op.f('pk_assignment'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_item_id'), ['item_id'], unique=False)

    op.create_table('reopen_request',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('panellist_id', sa.Uuid(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_reopen_request_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_reopen_request_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['panellist_id'], ['panellist.id'], name=op.f('fk_reopen_request_panellist_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_reopen_request_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reopen_request')),
    sa.UniqueConstraint('round_id', 'item_id', 'panellist_id', name=op.f('uq_reopen_request_round_id_item_id_panellist_id'))
    )
    with op.batch_alter_table('reopen_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reopen_request_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reopen_request_item_id'), ['item_id'], unique=False)

    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('solution_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('earlier_item_id', sa.Uuid(), nullable=True))
        batch_op.alter_column('statement_id',
               existing_type=sa.Uuid(),
               nullable=True)
        batch_op.alter_column('role_level_id',
               existing_type=sa.Uuid(),
               nullable=True)
        batch_op.drop_constraint(batch_op.f('uq_item_workshop_id_statement_id_role_level_id'), type_='unique')
        batch_op.create_index(batch_op.f('ix_item_solution_id'), ['solution_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_item_workshop_id_statement_id_role_level_id_version'), ['workshop_id', 'statement_id', 'role_level_id', 'version'])
        batch_op.create_check_constraint('one_subject', '(statement_id IS NULL) <> (solution_id IS NULL)')
        batch_op.create_foreign_key(batch_op.f('fk_item_earlier_item_id'), 'item', ['earlier_item_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_item_solution_id'), 'solution', ['solution_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('panellist', schema=None) as batch_op:
        batch_op.add_column(sa.Column('partner_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('breakout', sa.String(length=40), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_panellist_partner_id'), 'partner', ['partner_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reminders_stopped_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shown_code', sa.SmallInteger(), nullable=True))

    with op.batch_alter_table('reason', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_of_cell', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('side', sa.String(length=40), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_reason_round_id_item_id_panellist_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_reason_round_id_item_id_panellist_id_is_of_cell'), ['round_id', 'item_id', 'panellist_id', 'is_of_cell'])

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('scale', sa.String(length=40), nullable=False, server_default='proficiency'))

    with op.batch_alter_table('rule_card', schema=None) as batch_op:
        batch_op.add_column(sa.Column('feedback', sa.String(length=80), nullable=False, server_default='group'))

    with op.batch_alter_table('solution', schema=None) as batch_op:
        batch_op.add_column(sa.Column('vote', sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cycle_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_web_session_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_web_session_cycle_id'), 'cycle', ['cycle_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.add_column(sa.Column('starts_time', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('ends_time', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('venue', sa.String(length=300), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('sequence', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('mode', sa.String(length=40), nullable=False, server_default='rounds'))
        batch_op.add_column(sa.Column('raters_per_item', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('join_code', sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column('is_room_open', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('called_to', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('called_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_workshop_join_code'), ['join_code'])



def downgrade() -> None:
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_workshop_join_code'), type_='unique')
        batch_op.drop_column('called_at')
        batch_op.drop_column('called_to')
        batch_op.drop_column('is_room_open')
        batch_op.drop_column('join_code')
        batch_op.drop_column('raters_per_item')
        batch_op.drop_column('mode')
        batch_op.drop_column('sequence')
        batch_op.drop_column('venue')
        batch_op.drop_column('ends_time')
        batch_op.drop_column('starts_time')

    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_web_session_cycle_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_web_session_cycle_id'))
        batch_op.drop_column('cycle_id')

    with op.batch_alter_table('solution', schema=None) as batch_op:
        batch_op.drop_column('vote')

    with op.batch_alter_table('rule_card', schema=None) as batch_op:
        batch_op.drop_column('feedback')

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_column('scale')

    op.execute("DELETE FROM reason WHERE is_of_cell")
    with op.batch_alter_table('reason', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_reason_round_id_item_id_panellist_id_is_of_cell'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_reason_round_id_item_id_panellist_id'), ['round_id', 'item_id', 'panellist_id'])
        batch_op.drop_column('side')
        batch_op.drop_column('is_of_cell')

    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.drop_column('shown_code')

    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_column('reminders_stopped_at')

    with op.batch_alter_table('panellist', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_panellist_partner_id'), type_='foreignkey')
        batch_op.drop_column('breakout')
        batch_op.drop_column('partner_id')

    # Items of the new kinds have no place in the older table.
    op.execute("DELETE FROM item WHERE statement_id IS NULL OR role_level_id IS NULL OR version > 1")
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_constraint('one_subject', type_='check')
        batch_op.drop_constraint(batch_op.f('fk_item_solution_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_item_earlier_item_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_item_workshop_id_statement_id_role_level_id_version'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_item_solution_id'))
        batch_op.create_unique_constraint(batch_op.f('uq_item_workshop_id_statement_id_role_level_id'), ['workshop_id', 'statement_id', 'role_level_id'])
        batch_op.alter_column('role_level_id',
               existing_type=sa.Uuid(),
               nullable=False)
        batch_op.alter_column('statement_id',
               existing_type=sa.Uuid(),
               nullable=False)
        batch_op.drop_column('earlier_item_id')
        batch_op.drop_column('version')
        batch_op.drop_column('solution_id')

    with op.batch_alter_table('reopen_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reopen_request_item_id'))
        batch_op.drop_index(batch_op.f('ix_reopen_request_cycle_id'))

    op.drop_table('reopen_request')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_item_id'))

    op.drop_table('assignment')
    with op.batch_alter_table('workshop_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_letter_workshop_id'))
        batch_op.drop_index('ix_workshop_letter_round_kind')
        batch_op.drop_index(batch_op.f('ix_workshop_letter_participant_id'))
        batch_op.drop_index(batch_op.f('ix_workshop_letter_cycle_id'))

    op.drop_table('workshop_letter')
    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_step_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_step_cycle_id'))

    op.drop_table('step')
    op.drop_table('receipt')
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_arrival_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_arrival_cycle_id'))

    op.drop_table('arrival')
