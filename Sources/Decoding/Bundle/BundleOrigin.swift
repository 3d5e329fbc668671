package import Documents
private import EMGArchive
private import EMGSignal

/// What a bundle was made from.
package struct BundleOrigin: Sendable, Hashable, Described {
    /// How its model came to be: `meta`, `pretrained`, `random`, `lda`, `prior`, ... as in the
    /// tables of training.
    package var method = ""
    /// The software and version that made it.
    package var software = SoftwareVersion.text
    /// The SHA-256 of the checkpoint; `nil` for a model that was fitted.
    package var checkpointSHA256: String?
    /// The SHA-256 of the bundle that was adapted; `nil` for one that was not.
    package var parentSHA256: String?
    /// The SHA-256 of the recordings' sources that it was adapted to, in their order.
    package var adaptedTo: [String] = []

    /// Of nothing.
    package init() {}

    /// The members of bundles.
    package static let fields: Fields<Self> = [
        Field(
            "method", \.method, .name,
            "How its model came to be: meta, pretrained, random, lda, prior, … as in the tables "
                + "of training.", isRequired: true),
        Field(
            "software", \.software, .text, "The software and version that made it.",
            isRequired: true),
        Field(
            optional: "checkpoint_sha256", \.checkpointSHA256, .sha256,
            "The SHA-256 of the checkpoint; left out for a model that was fitted.",
            absence: .leftOut),
        Field(
            optional: "parent_sha256", \.parentSHA256, .sha256,
            "The SHA-256 of the bundle that was adapted; left out for one that was not.",
            absence: .leftOut),
        Field(
            "adapted_to", \.adaptedTo, .list(of: .sha256),
            "The SHA-256 of the sources of the recordings that it was adapted to, in their order."),
    ]
}
