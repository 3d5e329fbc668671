import ArgumentParser
import Decoding
import Documents
import EMGArchive
import Experiments
import Foundation

/// `myotask decode`: decisions about samples as they come.
struct DecodeCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Decide about samples as they come, and put decisions out to a controller.",
        discussion: """
            Samples come from a recording that is replayed, standard input, a program or an \
            amplifier by TCP, or the Lab Streaming Layer: \
            \(SourceAddress.forms). \
            Decisions go to \(SinkAddress.forms). For the same samples they are those of "myotask \
            predict", to the last bit.

            When samples do not come, or not the right ones, the output is neutral within the \
            duration of a window; a lost connection is made again. However it ends (end of the \
            stream, Ctrl-C, an error), the last output is neutral. At the end it says how long \
            decisions took and what went wrong with the stream.

            See docs/decoding/streams.md.
            """)

    @Argument(help: "The decoder, NAME.myodec.", completion: .file())
    var bundle: String

    @Option(help: ArgumentHelp("Where samples come from.", valueName: "source"))
    var from: String

    @Option(
        help: ArgumentHelp(
            "Where decisions go; may be given several times. Lines of JSON on standard output when "
                + "left out.", valueName: "sink"))
    var to: [String] = []

    @Flag(help: "Replay a recording as fast as it is decoded, not as it was measured.")
    var asFastAsPossible = false

    @Option(help: "Samples that a replayed recording gives at once; 5 ms of them when left out.")
    var chunk: Int?

    @Flag(help: "Say in JSON when samples arrived and when they were decided about.")
    var stamps = false

    @OptionGroup var input: ChannelOptions

    @Option(
        help: ArgumentHelp(
            "How long to wait for a stream that is not there at the beginning, in seconds.",
            valueName: "seconds"))
    var wait = 30.0

    @Option(
        help: ArgumentHelp("Stop after so many seconds.", valueName: "seconds"))
    var seconds: Double?

    @Option(
        help: ArgumentHelp(
            "The file of liblsl; looked for when left out.", valueName: "file"),
        completion: .file())
    var lslLibrary: String?

    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func validate() throws {
        if let chunk, chunk < 1 {
            throw ValidationError("--chunk must be at least 1, got \(chunk)")
        }
        for (name, value) in [("--wait", wait), ("--seconds", seconds ?? 0)] {
            guard value.isFinite, value >= 0 else {
                throw ValidationError("\(name) must be a number of seconds, got \(value)")
            }
        }
        let source: SourceAddress
        do throws(DecodingError) {
            source = try SourceAddress(from)
            for sink in to { _ = try SinkAddress(sink) }
        } catch {
            throw ValidationError("\(error)")
        }
        guard asFastAsPossible || chunk != nil else { return }
        guard case .replay = source else {
            throw ValidationError("--as-fast-as-possible and --chunk are for replay:FILE")
        }
    }

    func run() throws {
        // Whoever reads the output may go away; the other sinks are told, then.
        _ = signal(SIGPIPE, SIG_IGN)
        let decoder = try DecoderBundle(
            contentsOf: URL(filePath: bundle), kinds: CommandContext.current.kinds)
        let source = try SourceAddress(from).open(for: decoder.input, sourceSettings)
        let addresses = try to.isEmpty ? [.standardOutput] : to.map(SinkAddress.init)
        let sinks = try addresses.map {
            try $0.open(
                classNames: decoder.classNames, hasStamps: stamps, lslLibrary: lslLibrary)
        }
        var settings = StreamSettings()
        settings.mapping = input.mapChannels
        settings.channels = input.channels?.numbers
        settings.patienceSeconds = wait
        settings.seconds = seconds
        let (summary, isStopped) = try StopSignals.during([SIGINT, SIGTERM, SIGHUP]) { flag in
            var loop = try DecodingLoop(decoder, from: source, to: sinks, settings)
            return (try loop.run { flag.isRaised }, flag.isRaised)
        }
        show(summary, isOnOutput: !addresses.contains(.standardOutput))
        if isStopped { throw ExitStatus.interrupted }
    }

    private var sourceSettings: SourceSettings {
        var settings = SourceSettings()
        settings.isRealTime = !asFastAsPossible
        settings.chunk = chunk
        settings.channels = input.channels?.numbers
        settings.lslLibrary = lslLibrary
        return settings
    }

    private func show(_ summary: StreamSummary, isOnOutput: Bool) {
        if printsJSON {
            Console.line(DocumentValue.object(["summary": summary.document]).json())
        } else if isOnOutput {
            Console.line(summary.text)
        } else {
            // Standard output is the decisions'.
            Console.note(summary.text)
        }
    }
}
