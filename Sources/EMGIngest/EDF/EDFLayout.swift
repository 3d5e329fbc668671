package import Documents

/// What a template says of EDF and BDF files: the channel of triggers that is their labels, and
/// what its codes mean.
package struct EDFLayout: Described, Hashable {
    /// A channel whose numbers are codes.
    package struct Triggers: Sendable, Hashable {
        /// How long a code is a label.
        package enum Extent: String, Sendable, Hashable, CaseIterable {
            /// A code that comes is the beginning of an event, which lasts until the next one:
            /// `mne.find_events`.
            case untilNext = "until-next"
            /// A code is the label of the samples that have it.
            case whileHeld = "while-held"
        }

        /// The label of the channel; `nil` for the usual names.
        var channel: String?
        /// The bits that count: BioSemi's upper eight are the state of the amplifier.
        var mask = 0xFFFF
        /// How long a code is a label.
        var extent = Extent.untilNext
        /// Codes that last fewer samples are what lines do while they switch.
        var shortest = 2

        /// Creates the usual ones.
        init() {}
    }

    /// The channel of triggers; `nil` to take annotations, and triggers only without them.
    package private(set) var triggers: Triggers?

    /// Creates a layout that says nothing.
    package init() {}

    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            optional: "triggers", \.triggers, .object(triggerFields, into: Triggers()),
            "The channel of triggers that is the labels, in place of annotations. Classes are "
                + "codes, named by `classes`.", absence: .leftOut)
    ]

    private static let triggerFields: Fields<Triggers> = [
        Field(
            optional: "channel", \.channel, .name,
            "Its label; that of the first that is named `Status`, `Trigger`, `STI` or the like "
                + "when left out.", absence: .leftOut),
        Field(
            "mask", \.mask, .integer(in: 1...0xFF_FFFF),
            "The bits that count, as a decimal number: 65535 is BioSemi's 16 lines of triggers, "
                + "255 the lower eight."),
        Field(
            "lasts", \.extent,
            .choice(["until-next": .untilNext, "while-held": .whileHeld]),
            "Whether a code begins an event that lasts until the next one, or is the label of the "
                + "samples that have it (0 is none)."),
        Field(
            "shortest", \.shortest, .integer(in: 1...1_000_000),
            "Codes that last fewer samples are left out."),
    ]
}
