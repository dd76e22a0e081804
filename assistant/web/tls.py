"""A certificate for a trial in the office: phones give a page its microphone only over HTTPS."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import trustme

from assistant.errors import ConfigurationError


@dataclass(frozen=True)
class LocalCertificate:
    """Files of a certificate made here."""

    authority: Path
    """To be installed on the phones, which then trust the certificate."""
    certificate: Path
    """Certificate with its chain, PEM."""
    key: Path
    """Private key, PEM, readable for its owner only."""


def make_local_certificate(folder: Path, hosts: Sequence[str]) -> LocalCertificate:
    """Makes an authority and a certificate for host names or addresses, in place of earlier ones.

    The authority's own key is not kept, so nobody can sign a second certificate with it. Raises ConfigurationError
    where a host is unusable or the folder cannot be written.
    """
    if not hosts:
        raise ConfigurationError("a certificate needs at least one host name or address")
    made = LocalCertificate(folder / "authority.pem", folder / "certificate.pem", folder / "key.pem")
    try:
        authority = trustme.CA(organization_name="Assistant, local trial")
        issued = authority.issue_cert(*hosts)
        folder.mkdir(parents=True, exist_ok=True)
        made.authority.write_bytes(authority.cert_pem.bytes())
        made.certificate.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
        made.key.unlink(missing_ok=True)
        with open(os.open(made.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:  # noqa: PTH123
            out.write(issued.private_key_pem.bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"certificate for {', '.join(hosts)}: {error}") from error
    return made
