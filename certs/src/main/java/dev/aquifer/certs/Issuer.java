package dev.aquifer.certs;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** Who signs: the certificate that names the signer, and its key. */
record Issuer(X509Certificate certificate, PrivateKey privateKey) {}
