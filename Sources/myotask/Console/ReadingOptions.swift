public import ArgumentParser
import EMGIngest

/// What a user knows about raw files that the files do not say.
struct ReadingOptions: ParsableArguments {
    @Option(help: "Read files as this format instead of finding it out.")
    var format: String?

    @Option(help: "The patient, for files whose place does not tell.")
    var patient: String?

    @Option(help: "The session, for files whose place does not tell.")
    var session: String?

    @Option(help: "The condition, for files whose name does not tell.")
    var condition: String?

    @Option(help: "The repetition of one condition within a session.")
    var run: String?

    @Option(help: "The sampling rate in hertz, instead of the one the time stamps give.")
    var rate: Double?

    @Option(help: "The unit of the samples.")
    var unit = "count"

    @Option(
        help: ArgumentHelp(
            "What to do with empty or non-finite samples: reject the file, or mark them so that "
                + "nothing is filtered or windowed across them."))
    var missing = ReadOptions.MissingPolicy.reject

    /// The options as the readers take them.
    var options: ReadOptions {
        ReadOptions(
            format: format,
            identity: IdentityOverride(
                patient: patient, session: session, condition: condition, run: run),
            samplingRateHertz: rate, unit: unit, missing: missing)
    }

    func validate() throws {
        if let rate, !(rate.isFinite && rate > 0 && rate <= 1_000_000) {
            throw ValidationError("--rate must be above 0 and at most 1000000, got \(rate)")
        }
    }
}

extension ReadOptions.MissingPolicy: ExpressibleByArgument {}
