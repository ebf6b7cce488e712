package dev.aquifer.certs;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A certificate signing request (PKCS #10, RFC 2986), taken as one thing only: proof that its sender holds the private
 * key of a P-256 public key. Names and extensions in it are never looked at.
 */
public final class CertificateRequest {
    private final PublicKey publicKey;
    private final String pem;

    private CertificateRequest(PublicKey publicKey, String pem) {
        this.publicKey = publicKey;
        this.pem = pem;
    }

    /** Makes a request without names: the signer decides them. */
    public static CertificateRequest create(KeyPair keys) {
        try {
            var signer = new JcaContentSignerBuilder(KeyPairs.SIGNATURE).build(keys.getPrivate());
            var request = new JcaPKCS10CertificationRequestBuilder(new X500Name(""), keys.getPublic()).build(signer);
            return new CertificateRequest(
                    keys.getPublic(), Pem.write(new PemObject("CERTIFICATE REQUEST", request.getEncoded())));
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("This Java runtime cannot sign a request with a P-256 key", e);
        }
    }

    /**
     * Reads a request and checks its signature.
     *
     * @throws InvalidCertificate MALFORMED or WRONG_KEY
     */
    public static CertificateRequest read(String pem) {
        var request = new JcaPKCS10CertificationRequest(Pem.request(pem));
        try {
            var publicKey = request.getPublicKey();
            KeyPairs.requireP256(publicKey);
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(publicKey))) {
                throw new InvalidCertificate(
                        Problem.WRONG_KEY,
                        "Expected a request signed with the private key of its own public key, found another signature");
            }
            return new CertificateRequest(publicKey, pem);
        } catch (GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new InvalidCertificate(
                    Problem.MALFORMED, "Expected a request with a P-256 key, found a key that cannot be read", e);
        }
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    public String pem() {
        return pem;
    }
}
