package dev.aquifer.certs;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Text form (RFC 7468) of certificates and keys. A block of another kind is refused, never skipped. */
public final class Pem {
    private Pem() {}

    /**
     * Reads one or more certificates, in the order of the text.
     *
     * @throws InvalidCertificate MALFORMED when there is none, or anything else is found
     */
    public static List<X509Certificate> certificates(String text) {
        return read("CERTIFICATE", text).stream().map(Pem::certificate).toList();
    }

    /**
     * Reads one private key, PKCS #8 ("PRIVATE KEY") or SEC 1 ("EC PRIVATE KEY"), not encrypted.
     *
     * @throws InvalidCertificate MALFORMED when there is not exactly one
     */
    public static PrivateKey privateKey(String text) {
        var keys = read("PRIVATE KEY", text).stream()
                // what openssl ecparam writes in front of a key
                .filter(block -> !(block instanceof ASN1ObjectIdentifier))
                .map(Pem::privateKey)
                .toList();
        return onlyOne("PRIVATE KEY", keys);
    }

    static PKCS10CertificationRequest request(String text) {
        var requests = read("CERTIFICATE REQUEST", text).stream()
                .map(block -> {
                    if (block instanceof PKCS10CertificationRequest request) {
                        return request;
                    }
                    throw unexpected("CERTIFICATE REQUEST", block);
                })
                .toList();
        return onlyOne("CERTIFICATE REQUEST", requests);
    }

    /** Writes certificates as CERTIFICATE blocks, in the given order. */
    public static String write(List<X509Certificate> certificates) {
        var blocks = certificates.stream()
                .map(certificate -> {
                    try {
                        return new PemObject("CERTIFICATE", certificate.getEncoded());
                    } catch (CertificateException e) {
                        throw new IllegalStateException("A parsed certificate has no encoded form", e);
                    }
                })
                .toList();
        return write(blocks.toArray(PemObject[]::new));
    }

    /** Writes a private key as a PKCS #8 PRIVATE KEY block. */
    public static String write(PrivateKey key) {
        return write(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    static String write(PemObject... blocks) {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            for (var block : blocks) {
                writer.writeObject(block);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory failed", e);
        }
        return text.toString();
    }

    private static List<Object> read(String kind, String text) {
        var blocks = new ArrayList<Object>();
        try (var parser = new PEMParser(new StringReader(text))) {
            for (var block = parser.readObject(); block != null; block = parser.readObject()) {
                blocks.add(block);
            }
        } catch (IOException | RuntimeException e) {
            // the cause may quote what it read, which may be a key
            throw new InvalidCertificate(
                    Problem.MALFORMED,
                    "Expected PEM with a %s block, found a block that cannot be read".formatted(kind));
        }
        if (blocks.isEmpty()) {
            throw new InvalidCertificate(
                    Problem.MALFORMED,
                    "Expected PEM with a %s block, found none in %d characters".formatted(kind, text.length()));
        }
        return blocks;
    }

    private static X509Certificate certificate(Object block) {
        if (!(block instanceof X509CertificateHolder holder)) {
            throw unexpected("CERTIFICATE", block);
        }
        try {
            return new JcaX509CertificateConverter().getCertificate(holder);
        } catch (CertificateException e) {
            throw new InvalidCertificate(
                    Problem.MALFORMED, "Expected an X.509 certificate, found one that cannot be parsed", e);
        }
    }

    private static PrivateKey privateKey(Object block) {
        var info = switch (block) {
            case PrivateKeyInfo key -> key;
            case PEMKeyPair pair -> pair.getPrivateKeyInfo();
            default -> throw unexpected("PRIVATE KEY", block);
        };
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (IOException e) {
            throw new InvalidCertificate(
                    Problem.MALFORMED, "Expected a private key of a known algorithm, found another");
        }
    }

    private static <T> T onlyOne(String kind, List<T> found) {
        if (found.size() != 1) {
            throw new InvalidCertificate(
                    Problem.MALFORMED, "Expected exactly one %s block, found %d".formatted(kind, found.size()));
        }
        return found.getFirst();
    }

    private static InvalidCertificate unexpected(String kind, Object block) {
        return new InvalidCertificate(
                Problem.MALFORMED,
                "Expected a %s block, found a block that holds a %s"
                        .formatted(kind, block.getClass().getSimpleName()));
    }
}
