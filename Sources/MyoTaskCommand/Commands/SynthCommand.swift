public import ArgumentParser
import Documents
import EMGSynth
import Foundation
import PrintableText
import SeededRandom

/// `myotask synth`: a synthetic laboratory, for tests, demonstrations and benchmarks.
struct SynthCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "synth",
        abstract: "Make a synthetic laboratory's folder of recordings.",
        discussion: """
            The same arguments give the same bytes on every machine. No real person's data is in \
            it: people, electrodes, bursts, hum and drop-outs are simulated.
            """)

    @Option(
        help: """
            roam: armband envelopes at 100 Hz with held samples; myo: rectified bytes at 200 Hz; \
            bipolar: raw EMG with mains hum.
            """)
    var style = LaboratoryPlan.Style.roam

    @Option(help: "How many people, every other one a stroke patient.")
    var patients = 6

    @Option(help: "How many visits of each.")
    var sessions = 1

    @Option(help: "How many recordings a visit, each under another condition.")
    var conditions = 2

    @Option(help: "How many relax-open-relax-close cycles a recording.")
    var cycles: Int?

    @Option(help: "Rows a second, in hertz; each style has its own default.")
    var rate: Double?

    @Option(help: "How many channels.")
    var channels: Int?

    @Option(help: "The mains frequency in hertz: 50 or 60.")
    var mains: Double = 50

    @Option(help: "The seed.")
    var seed = SeededGenerator.defaultSeed

    @Option(name: .shortAndLong, help: "The laboratory's folder.", completion: .directory)
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

    func run() throws {
        var plan = LaboratoryPlan(
            style: style, patients: patients, sessionsPerPatient: sessions,
            conditionsPerSession: conditions, seed: seed, samplingRateHertz: rate)
        plan.mainsHertz = mains
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
}

extension LaboratoryPlan.Style: ExpressibleByArgument {}
