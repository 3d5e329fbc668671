public import ArgumentParser
import EMGIngest
import Foundation

/// What a user knows about raw files that the files do not say.
struct ReadingOptions: ParsableArguments {
    @Option(help: "Read files as this format instead of finding it out.")
    var format: String?

    @Option(help: "The patient, for files whose place does not say.")
    var patient: String?

    @Option(help: "The session, for files whose place does not say.")
    var session: String?

    @Option(help: "The condition, for files whose name does not say.")
    var condition: String?

    @Option(help: "The repetition of one condition within a session.")
    var run: String?

    @Option(
        help: ArgumentHelp(
            "Which part of the paths is what, such as patient/session/condition, held against "
                + "their last parts; * stands for any text. With braces everything else stands "
                + "for itself: sub{patient}/{session}/{condition}.csv.", valueName: "pattern"))
    var layout: String?

    @Option(help: "The sampling rate in hertz, instead of the one the time stamps give.")
    var rate: Double?

    @Option(help: "The unit of the samples.")
    var unit = "count"

    @Option(
        help: ArgumentHelp(
            "What to do with empty or non-finite samples: reject the file, or mark them so that "
                + "nothing is filtered or windowed across them."))
    var missing = ReadOptions.MissingPolicy.reject

    @Option(
        help: ArgumentHelp(
            "Interpolate segments of missing samples up to this many seconds; every repair is "
                + "recorded. Nothing is repaired without it.", valueName: "seconds"))
    var repair: Double?

    @Option(
        help: ArgumentHelp(
            "Which parts of a source with several (channels of other rates, several series) to "
                + "read: main, all, or a part's name."))
    var parts = "main"

    @Option(
        help: ArgumentHelp(
            "How files without a format of their own are laid out: a YAML file, or the name of a "
                + "template that myotask brings along (see myotask formats).",
            valueName: "name|file"))
    var template: String?

    /// The options as the readers take them.
    ///
    /// - Throws: `IngestError` when the template is wrong.
    func options() throws -> ReadOptions {
        ReadOptions(
            format: format,
            identity: IdentityOverride(
                patient: patient, session: session, condition: condition, run: run),
            samplingRateHertz: rate, unit: unit, missing: missing, repairSeconds: repair,
            parts: partSelection, template: try template.map(Self.template),
            layout: layout.flatMap(SourceLayout.init))
    }

    private var partSelection: ReadOptions.PartSelection {
        switch parts {
        case "main": .main
        case "all": .all
        default: .named(parts)
        }
    }

    /// A template by name, or else from a file.
    private static func template(_ text: String) throws -> SourceTemplate {
        if let shipped = SourceTemplate.shipped.first(where: { $0.name == text }) {
            return shipped
        }
        return try SourceTemplate(contentsOf: URL(filePath: text))
    }

    func validate() throws {
        if let rate, !(rate.isFinite && rate > 0 && rate <= 1_000_000) {
            throw ValidationError("--rate must be above 0 and at most 1000000, got \(rate)")
        }
        if let layout, SourceLayout(layout) == nil {
            throw ValidationError(
                "--layout takes patient, session, condition, run and *, with text between two of "
                    + "them, such as patient/session/condition; got \(layout.debugDescription)")
        }
        if let repair, !(repair.isFinite && repair > 0 && repair <= 60) {
            throw ValidationError("--repair must be above 0 and at most 60 s, got \(repair)")
        }
    }
}

extension ReadOptions.MissingPolicy: ExpressibleByArgument {}
