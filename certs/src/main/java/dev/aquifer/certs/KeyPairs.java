package dev.aquifer.certs;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The only kind of key used here: elliptic curve P-256 (FIPS 186-5), signing with SHA-256. */
public final class KeyPairs {
    static final String SIGNATURE = "SHA256withECDSA";
    private static final AlgorithmIdentifier P256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

    private KeyPairs() {}

    /** Makes a new P-256 key pair. */
    public static KeyPair generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot make P-256 keys", e);
        }
    }

    static boolean isP256(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm().equals(P256);
    }

    static void requireP256(PublicKey key) {
        if (!isP256(key)) {
            throw new InvalidCertificate(
                    Problem.WRONG_KEY,
                    "Expected an elliptic-curve P-256 key, found another kind of %s key; make one with: openssl ecparam -name prime256v1 -genkey"
                            .formatted(key.getAlgorithm()));
        }
    }

    /** Whether what the private key signs verifies with the public one; both must be P-256. */
    static boolean match(PrivateKey privateKey, PublicKey publicKey) {
        requireP256(publicKey);
        var probe = new byte[] {1};
        try {
            var signer = Signature.getInstance(SIGNATURE);
            signer.initSign(privateKey);
            signer.update(probe);
            var verifier = Signature.getInstance(SIGNATURE);
            verifier.initVerify(publicKey);
            verifier.update(probe);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
