import ArgumentParser
import Decoding
import Dispatch
import Documents
import EMGArchive
import EMGLive
import Experiments
import Foundation
import PageServer

/// `myotask live`: the page on which a person calibrates, adapts and uses a decoder.
struct LiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live",
        abstract: "Calibrate, adapt and use a decoder in the browser, while it decodes.",
        discussion: """
            Starts a small server on this machine, which nobody else can reach, and prints the \
            address of its page: the incoming signal with the quality of every electrode, what is \
            decided, a guided session that is recorded into the archive, adaptation beside the \
            running decoder, and a target task. Samples come from \(LiveSourceAddress.forms). The \
            synthetic person follows the prompts: everything works without hardware.

            The raw stream of a session is kept as it came in ARCHIVE-sessions; "myotask convert" \
            makes the same recording of it. Control-C ends the server; nothing recorded is lost.

            See docs/live/page.md.
            """)

    @Argument(help: "The decoder, NAME.myodec.", completion: .file())
    var bundle: String

    @Option(help: ArgumentHelp("Where samples come from.", valueName: "source"))
    var from = "synthetic"

    @Option(
        help: ArgumentHelp(
            "Where decisions go beside the page: \(SinkAddress.forms). May be given several times.",
            valueName: "sink"))
    var to: [String] = []

    @Option(help: "The archive that recordings go into.", completion: .directory)
    var archive = "archive"

    @Option(
        help: ArgumentHelp(
            "What a session asks for; every class with rests between when left out. See "
                + "docs/live/session.md.", valueName: "file"), completion: .file())
    var session: String?

    @Option(help: "When the decoder learns; the page may change it.")
    var adapt = AdaptationPolicy.repetition

    @OptionGroup var input: ChannelOptions

    @Option(help: "The port of 127.0.0.1; any free one when left out.")
    var port = 0

    @Option(
        help: ArgumentHelp(
            "The file of liblsl; looked for when left out.", valueName: "file"),
        completion: .file())
    var lslLibrary: String?

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port must be from 0 to 65535, got \(port)")
        }
        do throws(DecodingError) {
            _ = try LiveSourceAddress(from)
            for sink in to { _ = try SinkAddress(sink) }
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() throws {
        guard LoopbackServer.isAvailable else { throw PageServerError(.noServer) }
        _ = signal(SIGPIPE, SIG_IGN)
        let decoder = try DecoderBundle(
            contentsOf: URL(filePath: bundle), kinds: CommandContext.current.kinds)
        let (source, intention) = try open(for: decoder)
        let session = LiveSession(try settings(of: decoder), intention: intention)
        let sinks = try to.map {
            try SinkAddress($0).open(
                classNames: decoder.classNames, hasStamps: false, lslLibrary: lslLibrary)
        }
        serve(LiveService(session))
        let isStopped = StopSignals.during([SIGINT, SIGTERM, SIGHUP]) { flag in
            do throws(DecodingError) {
                let summary = try session.run(from: source, to: sinks) { flag.isRaised }
                Console.note(summary.text)
            } catch {
                Console.problem(error.description)
            }
            // The page goes on showing what was; recordings are converted.
            while !flag.isRaised { Thread.sleep(forTimeInterval: 0.1) }
            session.waitForConversion()
            return flag.isRaised
        }
        if isStopped { throw ExitStatus.interrupted }
    }

    private func open(
        for decoder: DecoderBundle
    ) throws -> (any SampleSource, SyntheticIntention?) {
        switch try LiveSourceAddress(from) {
        case .synthetic(let seed):
            let intention = SyntheticIntention()
            return (
                try SyntheticSource(seed: seed, for: decoder.input, obeying: intention), intention
            )
        case .stream(let address):
            var settings = SourceSettings()
            settings.channels = input.channels?.numbers
            settings.lslLibrary = lslLibrary
            return (try address.open(for: decoder.input, settings), nil)
        }
    }

    private func settings(of decoder: DecoderBundle) throws -> LiveSettings {
        var settings = LiveSettings(
            bundle: decoder, bundleName: URL(filePath: bundle).lastPathComponent,
            archive: URL(filePath: archive, directoryHint: .isDirectory).standardizedFileURL)
        if let session {
            let url = URL(filePath: session)
            settings.session = try SessionProtocol(
                CommandContext.current.document(at: session).cursor)
            settings.pictures = try settings.session.pictures(
                in: url.deletingLastPathComponent())
        }
        settings.policy = adapt
        settings.stream.mapping = input.mapChannels
        settings.stream.channels = input.channels?.numbers
        settings.kinds = CommandContext.current.kinds
        return settings
    }

    private func serve(_ service: LiveService) {
        let port = port
        let announcement = PageAnnouncement(
            URL(filePath: bundle).lastPathComponent,
            note: "Control-C ends it; everything recorded is kept.")
        Task.detached {
            do {
                try await LoopbackServer.run(service, port: port) { announcement.say($0) }
            } catch {
                Console.problem("\(error)")
                kill(getpid(), SIGTERM)
            }
        }
    }
}

extension AdaptationPolicy: ExpressibleByArgument {}
