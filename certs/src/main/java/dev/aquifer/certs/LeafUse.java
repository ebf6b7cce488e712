package dev.aquifer.certs;

import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Which side of a TLS connection a leaf may be (extended key usage, RFC 5280 section 4.2.1.12). */
public enum LeafUse {
    SERVER,
    CLIENT;

    KeyPurposeId purpose() {
        return switch (this) {
            case SERVER -> KeyPurposeId.id_kp_serverAuth;
            case CLIENT -> KeyPurposeId.id_kp_clientAuth;
        };
    }
}
