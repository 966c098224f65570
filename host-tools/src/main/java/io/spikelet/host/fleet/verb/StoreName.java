package io.spikelet.host.fleet.verb;

/** A store as it may be shown. */
final class StoreName {
    private StoreName() {}

    /** Without the user and the password that an address may hold. */
    static String of(String store) {
        return store.replaceFirst("//[^/]*@", "//");
    }
}
