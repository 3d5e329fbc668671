private import EMGArchive
private import EMGIngest
private import Foundation

/// The other end of a ``WorkerCommand``: reads jobs from standard input, a line each, and answers
/// on standard output, until the input ends.
///
/// Files whose parsers are native libraries are read here: what brings one of them down costs
/// this process and the one file, and nothing else.
public struct ConversionWorker: Sendable {
    private let conversion: SourceConversion

    /// Creates a worker.
    ///
    /// - Parameter conversion: The settings of the conversion that it works for.
    public init(for conversion: ArchiveConversion) {
        self.conversion = conversion.sourceConversion
    }

    /// Serves until the input ends.
    ///
    /// - Throws: What makes a line unreadable.
    public func serve() throws {
        let decoder = JSONDecoder()
        while let line = readLine() {
            let job = try decoder.decode(WorkerJob.self, from: Data(line.utf8))
            guard let source = job.source else { continue }
            var last = 0.0
            var lastTime = ContinuousClock.now
            var conversion = conversion
            conversion.target = .archive(
                RecordingArchive(folder: URL(filePath: job.archive, directoryHint: .isDirectory)))
            let item = conversion.convert(source) { fraction in
                // Often enough to show that the worker lives.
                let now = ContinuousClock.now
                let isDue = fraction >= last + 0.01 || now - lastTime > .seconds(5)
                guard isDue || (fraction >= Intake.readingShare && last < Intake.readingShare)
                else { return }
                last = fraction
                lastTime = now
                Self.send(.progress(fraction))
            }
            Self.send(.done(item))
        }
    }

    private static func send(_ answer: WorkerAnswer) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // An answer holds texts and finite numbers only: it can always be said in JSON. A reader
        // that is gone needs no answer.
        guard var line = try? encoder.encode(answer) else { return }
        line.append(0x0A)
        try? FileHandle.standardOutput.write(contentsOf: line)
    }
}
