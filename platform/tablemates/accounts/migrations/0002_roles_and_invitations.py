from typing import Any

import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.db import migrations, models

import tablemates.accounts.models


def make_everyone_an_owner(apps: Any, schema_editor: Any) -> None:
    """Until now each organiser could do everything: nobody shall lose that."""
    apps.get_model('accounts', 'Organiser').objects.update(role='owner')


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='organiser',
            name='role',
            field=models.CharField(choices=[('owner', 'owner'), ('organiser', 'organiser')], default='organiser', max_length=10),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('role', models.CharField(choices=[('owner', 'owner'), ('organiser', 'organiser')], default='organiser', max_length=10)),
                ('until', models.DateTimeField(default=tablemates.accounts.models.in_a_week)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='accounts.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('team'), django.db.models.functions.text.Lower('email'), name='one_invitation_per_address')],
            },
        ),
        migrations.RunPython(make_everyone_an_owner, migrations.RunPython.noop),
    ]
