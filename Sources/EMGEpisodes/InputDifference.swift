private import PrintableText

/// What is different between the input that a model was made for and the one it is given.
package struct InputDifference: Sendable, Hashable, CustomStringConvertible {
    /// What differs.
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        /// What the outputs stand for: classes or targets.
        case outputs
        /// The channels' number, names or order.
        case channels
        /// The channels' units.
        case units
        /// The sampling rate, and with it how long a window lasts.
        case rate
        /// The samples of a window.
        case window
        /// The filters and other steps after ingest.
        case conditioning
        /// How signals are scaled.
        case normalization
        /// The grid of electrodes.
        case grid
        /// Which label or target a window gets.
        case labelRule = "label_rule"
        /// What of the recordings' quality is in no window.
        case quality
        /// The channels that are marked bad throughout.
        case badChannels = "bad_channels"
    }

    /// What differs.
    package let subject: Subject
    /// What the model was made for.
    package let model: String
    /// What the collection has.
    package let collection: String
    /// Whether the numbers cannot be right; otherwise they can, but a reader must know.
    package let isFatal: Bool
    /// What to do.
    package let hint: String

    init(
        _ subject: Subject, model: String, collection: String, isFatal: Bool = true, hint: String
    ) {
        self.subject = subject
        self.model = model
        self.collection = collection
        self.isFatal = isFatal
        self.hint = hint
    }

    /// Both sides in a sentence.
    package var description: String {
        "made for \(model.printable(limit: 600)), the collection has "
            + collection.printable(limit: 600)
    }
}
