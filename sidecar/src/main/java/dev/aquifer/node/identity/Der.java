package dev.aquifer.node.identity;

import java.io.ByteArrayOutputStream;

/** Writes the few shapes of DER (X.690) that a certificate request needs. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int CONTEXT_0 = 0xa0;
    private static final int SHORT_LENGTHS = 0x80;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        return tagged(SEQUENCE, content.toByteArray());
    }

    static byte[] integer(int value) {
        return tagged(INTEGER, new byte[] {(byte) value});
    }

    /** A bit string of whole bytes. */
    static byte[] bitString(byte[] content) {
        var bits = new byte[content.length + 1];
        System.arraycopy(content, 0, bits, 1, content.length);
        return tagged(BIT_STRING, bits);
    }

    /** An empty set under the implicit tag 0. */
    static byte[] emptyContext0() {
        return tagged(CONTEXT_0, new byte[0]);
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < SHORT_LENGTHS) {
            out.write(content.length);
        } else if (content.length <= 0xff) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
