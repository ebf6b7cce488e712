package dev.aquifer.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The shape of the two kinds of certificate made here (RFC 5280 section 4.2), with 128 random bits as serial number. */
final class CertificateTemplate {
    private static final int SERIAL_BITS = 128;

    private final SecureRandom random;

    CertificateTemplate(SecureRandom random) {
        this.random = random;
    }

    X509Certificate authority(String commonName, KeyPair keys, Instant now, Instant notAfter) {
        try {
            var name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
            var subject = new X500Principal(name.getEncoded());
            var ids = new JcaX509ExtensionUtils();
            var builder = builder(subject, subject, keys.getPublic(), now, notAfter)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.getPublic()))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            ids.createAuthorityKeyIdentifier(keys.getPublic()));
            return sign(builder, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("This Java runtime cannot make a P-256 authority", e);
        }
    }

    X509Certificate leaf(Issuer issuer, PublicKey key, LeafRequest request, Instant now, Instant notAfter) {
        try {
            var ids = new JcaX509ExtensionUtils();
            var purposes =
                    request.uses().stream().sorted().map(LeafUse::purpose).toArray(KeyPurposeId[]::new);
            var issuerName = issuer.certificate().getSubjectX500Principal();
            // the subject is empty, and then its alternative names are critical (RFC 5280 section 4.2.1.6)
            var builder = builder(issuerName, new X500Principal(""), key, now, notAfter)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            true,
                            request.names().toGeneralNames())
                    .addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            ids.createAuthorityKeyIdentifier(
                                    issuer.certificate().getPublicKey()));
            return sign(builder, issuer.privateKey());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("This Java runtime cannot make a P-256 leaf", e);
        }
    }

    private X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Instant now, Instant notAfter) {
        var serial = new BigInteger(SERIAL_BITS, random).max(BigInteger.ONE);
        var notBefore = now.minus(Renewal.BACKDATING);
        return new JcaX509v3CertificateBuilder(issuer, serial, Date.from(notBefore), Date.from(notAfter), subject, key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder(KeyPairs.SIGNATURE).build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
