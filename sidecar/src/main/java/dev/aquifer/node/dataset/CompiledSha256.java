package dev.aquifer.node.dataset;

import java.util.Objects;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.PointerBase;

/**
 * SHA-256 in a native image: the functions of OpenSSL's libcrypto ({@code <openssl/sha.h>}), which is linked into it. They look
 * at run time for the processor's instructions for SHA-256; an image's own code takes them for granted or never has them.
 */
final class CompiledSha256 extends Sha256 {
    /** Bytes of an {@code SHA256_CTX}: 112 in OpenSSL 1.1 and 3. */
    private static final int CONTEXT = 128;

    private final byte[] context = new byte[CONTEXT];

    CompiledSha256() {
        try (PinnedObject state = PinnedObject.create(context)) {
            init(state.addressOfArrayElement(0));
        }
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return;
        }
        try (PinnedObject state = PinnedObject.create(context);
                PinnedObject data = PinnedObject.create(bytes)) {
            update(state.addressOfArrayElement(0), data.addressOfArrayElement(offset), length);
        }
    }

    @Override
    public Hash hash() {
        byte[] hash = new byte[Hash.LENGTH];
        try (PinnedObject state = PinnedObject.create(context);
                PinnedObject result = PinnedObject.create(hash)) {
            end(result.addressOfArrayElement(0), state.addressOfArrayElement(0));
        }
        return Hash.of(hash);
    }

    @CFunction("SHA256_Init")
    private static native int init(PointerBase context);

    @CFunction("SHA256_Update")
    private static native int update(PointerBase context, PointerBase data, long length);

    @CFunction("SHA256_Final")
    private static native int end(PointerBase hash, PointerBase context);
}
