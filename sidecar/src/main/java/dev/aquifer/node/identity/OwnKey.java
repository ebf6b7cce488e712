package dev.aquifer.node.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A P-256 key pair of ours, made anew for each certificate. It never leaves memory, and does not print itself. */
final class OwnKey {
    /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256 (RFC 5758 section 3.2). */
    private static final byte[] ECDSA_WITH_SHA256 = {
        0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
    };

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final KeyPair pair;

    private OwnKey(KeyPair pair) {
        this.pair = pair;
    }

    static OwnKey generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return new OwnKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot make P-256 keys", e);
        }
    }

    PrivateKey privateKey() {
        return pair.getPrivate();
    }

    /** A request without names (PKCS #10, RFC 2986), as PEM: the signer decides the names. */
    String request() {
        var info = Der.sequence(Der.integer(0), Der.sequence(), pair.getPublic().getEncoded(), Der.emptyContext0());
        var request = Der.sequence(info, Der.sequence(ECDSA_WITH_SHA256), Der.bitString(sign(info)));
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + new String(BASE64.encode(request), StandardCharsets.US_ASCII)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    /** Whether the public key of a certificate is the other half of this one. */
    boolean fits(PublicKey publicKey) {
        var probe = new byte[] {1};
        try {
            var verifier = Signature.getInstance(SIGNATURE);
            verifier.initVerify(publicKey);
            verifier.update(probe);
            return verifier.verify(sign(probe));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private byte[] sign(byte[] content) {
        try {
            var signer = Signature.getInstance(SIGNATURE);
            signer.initSign(pair.getPrivate());
            signer.update(content);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot sign with a P-256 key", e);
        }
    }
}
