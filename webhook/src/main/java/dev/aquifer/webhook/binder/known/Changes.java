package dev.aquifer.webhook.binder.known;

/** Is told what has changed in the cluster, in the terms of those whom it concerns. */
public interface Changes {

    /** Something of this shared volume's own: it or its pairs. */
    void ofVolume(String uid);

    /**
     * An object of this shared volume's own has gone.
     *
     * @param key its name, behind its namespace if it has one
     */
    void gone(String uid, String key);

    /** Something that a plan may have looked at; see {@link Interests} for the words. */
    void of(String lookup);

    /** Something that every plan looks at. */
    void ofAll();
}
