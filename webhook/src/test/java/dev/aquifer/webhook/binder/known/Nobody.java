package dev.aquifer.webhook.binder.known;

/** Who needs no news. */
public final class Nobody implements Changes {
    @Override
    public void ofVolume(String uid) {}

    @Override
    public void gone(String uid, String key) {}

    @Override
    public void of(String lookup) {}

    @Override
    public void ofAll() {}
}
