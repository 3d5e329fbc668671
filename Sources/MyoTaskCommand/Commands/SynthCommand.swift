import ArgumentParser
import ArrayCollections
import Documents
import EMGSynth
import Foundation
import PrintableText
import SeededRandom

/// `myotask synth`: a synthetic laboratory, for tests, demonstrations and benchmarks.
struct SynthCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "synth",
        abstract:
            "Make a synthetic laboratory's folder of recordings, or a set of drawn characters.",
        discussion: """
            The same arguments give the same bytes on every machine. No real person's data is in \
            it: people, electrodes, bursts, hum and drop-outs are simulated. With --style strokes it is \
            a set of images for few-shot learning, scriptN/glyphN/drawerN.png: characters that do \
            not exist, dark on white, as drawers with different hands would write them ("myotask \
            arrays" makes a collection of them).
            """)

    /// What is made.
    enum Style: String, ExpressibleByArgument, CaseIterable {
        case roam, myo, bipolar, strokes
    }

    @Option(
        help: """
            roam: armband envelopes at 100 Hz with held samples; myo: rectified bytes at 200 Hz; \
            bipolar: raw EMG with mains hum; strokes: images of drawn characters.
            """)
    var style = Style.roam

    @Option(help: "How many people, every other one a stroke patient; 6 when left out.")
    var patients: Int?

    @Option(help: "How many visits of each; 1 when left out.")
    var sessions: Int?

    @Option(help: "How many recordings a visit, each under another condition; 2 when left out.")
    var conditions: Int?

    @Option(help: "How many relax-open-relax-close cycles a recording.")
    var cycles: Int?

    @Option(help: "Rows a second, in hertz; each style has its own default.")
    var rate: Double?

    @Option(help: "How many channels.")
    var channels: Int?

    @Option(help: "The mains frequency in hertz, 50 or 60; 50 when left out.")
    var mains: Double?

    @Option(help: "Of strokes: how many scripts, the groups of classes; 12 when left out.")
    var groups: Int?

    @Option(help: "Of strokes: how many characters a script has, the classes; 15 when left out.")
    var classes: Int?

    @Option(help: "Of strokes: how many people draw every character once; 20 when left out.")
    var drawers: Int?

    @Option(help: "Of strokes: pixels of a row and a column; 28 when left out.")
    var size: Int?

    @Option(help: "The seed.")
    var seed = SeededGenerator.defaultSeed

    @Option(
        name: .shortAndLong, help: "The folder of the laboratory or the images.",
        completion: .directory)
    var output: String

    @Option(
        help: ArgumentHelp(
            """
            Also write when the muscles really work, a table of events for each recording, to this \
            folder: the labels of the recordings are cues, which people follow later.
            """, valueName: "folder"), completion: .directory)
    var movements: String?

    @OptionGroup var parallelism: ThreadOptions
    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    func validate() throws {
        let recordings: [(String, Any?)] = [
            ("--patients", patients), ("--sessions", sessions), ("--conditions", conditions),
            ("--cycles", cycles), ("--rate", rate), ("--channels", channels), ("--mains", mains),
            ("--movements", movements),
        ]
        let images: [(String, Any?)] = [
            ("--groups", groups), ("--classes", classes), ("--drawers", drawers), ("--size", size),
        ]
        for (name, value) in style == .strokes ? recordings : images where value != nil {
            throw ValidationError(
                style == .strokes
                    ? "\(name) is of recordings: --style strokes makes images"
                    : "\(name) is of --style strokes: recordings have none")
        }
    }

    func run() throws {
        guard let style = LaboratoryPlan.Style(rawValue: style.rawValue) else {
            return try drawStrokes()
        }
        var plan = LaboratoryPlan(
            style: style, patients: patients ?? 6, sessionsPerPatient: sessions ?? 1,
            conditionsPerSession: conditions ?? 2, seed: seed, samplingRateHertz: rate)
        plan.mainsHertz = mains ?? 50
        if let cycles { plan.cyclesPerRecording = cycles }
        if let channels { plan.channelCount = channels }
        let laboratory = try SyntheticLaboratory(plan)
        let files = try laboratory.write(
            to: URL(filePath: output, directoryHint: .isDirectory), threads: parallelism.threads)
        if let movements {
            try laboratory.writeMovements(
                to: URL(filePath: movements, directoryHint: .isDirectory),
                threads: parallelism.threads)
        }
        guard !printsJSON else {
            return Console.line(
                JSONText.of(
                    .object([
                        "output": .string(output), "recordings": .integer(files.count),
                        "seed": FieldFormat<UInt64>.seed.write(seed),
                    ])))
        }
        Console.line("\(output): \(files.count, of: "recording")")
    }

    private func drawStrokes() throws {
        var plan = StrokePlan()
        plan.groups = groups ?? plan.groups
        plan.classesPerGroup = classes ?? plan.classesPerGroup
        plan.drawers = drawers ?? plan.drawers
        plan.size = size ?? plan.size
        plan.seed = seed
        let count = try StrokeSet(plan).write(
            to: URL(filePath: output, directoryHint: .isDirectory), threads: parallelism.threads)
        guard !printsJSON else {
            return Console.line(
                JSONText.of(
                    .object([
                        "images": .integer(count), "output": .string(output),
                        "seed": FieldFormat<UInt64>.seed.write(seed),
                    ])))
        }
        Console.line("\(output): \(count, of: "image")")
    }
}
