public import ArgumentParser
import Documents
import EMGLabeling

/// The settings of onset detection as options; those that are left out have their defaults.
struct OnsetOptions: ParsableArguments {
    @Option(
        help: """
            What is held against the thresholds: amplitude (the rectified signal), or teager_kaiser (its \
            Teager-Kaiser energy; raw signals only). (default: amplitude)
            """)
    var method: OnsetDetection.Method?

    @Option(
        help: """
            What the recordings hold: raw signals go through a band-pass, rectified ones do not; automatic \
            takes those for rectified that are never negative. (default: automatic)
            """)
    var signal: OnsetDetection.Signal?

    @Option(
        help: ArgumentHelp(
            "The lower cut-off of the band-pass for raw signals. (default: 20)", valueName: "Hz"))
    var low: Double?

    @Option(
        help: ArgumentHelp(
            "The upper cut-off, lowered below half the rate. (default: 450)", valueName: "Hz"))
    var high: Double?

    @Option(
        help: ArgumentHelp("The length of the moving average. (default: 0.1)", valueName: "s"))
    var smoothing: Double?

    @Option(
        name: .customLong("threshold-sd"),
        help: ArgumentHelp(
            "By how many standard deviations a movement is above rest. (default: 3)",
            valueName: "number"))
    var deviations: Double?

    @Option(
        name: .customLong("threshold-share"),
        help: ArgumentHelp(
            "Where a movement begins and ends at the least: a share of the way from rest to the "
                + "amplitude of movements. (default: 0.12)", valueName: "share"))
    var thresholdShare: Double?

    @Option(
        name: .customLong("movement-share"),
        help: ArgumentHelp(
            "Which share of that way a movement must pass to count. (default: 0.3)",
            valueName: "share"))
    var movementShare: Double?

    @Option(
        help: ArgumentHelp(
            "For how long in all it must pass it. (default: 0.1)", valueName: "s"))
    var movement: Double?

    @Option(
        help: ArgumentHelp(
            "Pauses shorter than this are part of a movement. (default: 0.2)", valueName: "s"))
    var pause: Double?

    @Option(
        name: .customLong("rest-share"),
        help: ArgumentHelp(
            "Which share of a recording is taken for rest. (default: 0.25)", valueName: "share"))
    var restShare: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How much later begins and ends are set, earlier when negative: what a device or a "
                + "labeling hand delays. (default: 0)", valueName: "s"))
    var shift: Double?

    /// The settings.
    ///
    /// - Throws: `DocumentError` that names the setting which is out of its range.
    func detection() throws(DocumentError) -> OnsetDetection {
        let numbers: [(String, Double?)] = [
            ("low_hz", low), ("high_hz", high), ("smoothing_s", smoothing),
            ("threshold_sd", deviations), ("threshold_share", thresholdShare),
            ("movement_share", movementShare), ("movement_s", movement), ("pause_s", pause),
            ("rest_share", restShare), ("shift_s", shift),
        ]
        var members = numbers.compactMap { key, value in
            value.map { DocumentValue.Member(key: key, value: .number($0)) }
        }
        if let signal {
            members.append(.init(key: "signal", value: .string(signal.rawValue)))
        }
        if let method {
            members.append(.init(key: "method", value: .string(method.rawValue)))
        }
        return try OnsetDetection(
            Document(name: "the options of the detection", root: .object(members)).cursor)
    }
}

extension OnsetDetection.Method: ExpressibleByArgument {}
extension OnsetDetection.Signal: ExpressibleByArgument {}
