private import EMGArchive
package import EMGIngest
private import ErrorReports
private import Foundation

/// The other end of a ``WorkerCommand``: reads jobs from standard input, a line each, and answers
/// on standard output, until the input ends.
///
/// Files whose parsers are native libraries are looked into and read here: what brings one of
/// them down costs this process and the one file, and nothing else. The process limits its own
/// memory, ends itself when libhdf5 gets nowhere, and when a file was so damaged that nobody can
/// say what the library is left with.
package struct SourceWorker: Sendable {
    private let options: ReadOptions
    private let registry: ReaderRegistry
    private let memoryBudget: Int

    /// Creates a worker.
    ///
    /// - Parameters:
    ///   - options: How files are read.
    ///   - registry: The formats.
    ///   - memoryBudget: How many bytes of samples stay in memory.
    package init(options: ReadOptions, registry: ReaderRegistry, memoryBudget: Int = 64 << 20) {
        self.options = options
        self.registry = registry
        self.memoryBudget = memoryBudget
    }

    /// Serves until the input ends.
    ///
    /// - Throws: What makes a line unreadable.
    package func serve() throws {
        WorkerLimits.apply()
        let watch = HangWatch { seconds in Self.send(.stuck(seconds: seconds)) }
        let decoder = JSONDecoder.messages
        while let line = readLine() {
            let job = try decoder.decode(WorkerJob.self, from: Data(line.utf8))
            watch.begin(job.path)
            do throws(IngestError) {
                Self.send(try answer(to: job))
            } catch {
                Self.send(.failed(error))
                if case .malformed = error.kind { return }
            }
        }
    }

    private func answer(to job: WorkerJob) throws(IngestError) -> WorkerAnswer {
        switch job {
        case .examine(let path):
            let found = try SourceFinding(
                of: URL(filePath: path), registry: registry, options: options)
            return .found(
                WorkerSource(found.source), warnings: found.warnings,
                isFromPlace: found.isFromPlace)
        case .inspect(let source):
            return .inspected(
                try RecordingInspection.parts(
                    of: Self.settled(source), options: options, registry: registry,
                    progress: reporter()))
        case .convert(let source, let archive):
            let source = try Self.settled(source)
            let conversion = SourceConversion(
                target: .archive(
                    RecordingArchive(folder: URL(filePath: archive, directoryHint: .isDirectory))),
                options: options, registry: registry, memoryBudget: memoryBudget, threads: 1)
            do {
                return .converted(try conversion.converted(source, progress: reporter()))
            } catch let error as IngestError {
                throw error
            } catch {
                if let fault = MachineFault.behind(error) { throw IngestError(fault) }
                return .converted(conversion.refusal(of: source, error))
            }
        }
    }

    private static func settled(_ source: WorkerSource) throws(IngestError) -> RecordingSource {
        guard let settled = source.source() else {
            throw IngestError(
                .unknownIdentity(reason: "the parts of its name cannot be one"),
                at: SourceLocation(file: source.path))
        }
        return settled
    }

    /// Sends how far a job is, often enough to show that the worker lives.
    private func reporter() -> (Double) -> Void {
        var last = 0.0
        var lastTime = ContinuousClock.now
        return { fraction in
            let now = ContinuousClock.now
            let isDue = fraction >= last + 0.01 || now - lastTime > .seconds(5)
            guard isDue || (fraction >= Ingestion.readingShare && last < Ingestion.readingShare)
            else { return }
            last = fraction
            lastTime = now
            Self.send(.progress(fraction))
        }
    }

    private static func send(_ answer: WorkerAnswer) {
        // An answer can always be said in JSON. A reader that is gone needs no answer.
        guard var line = try? JSONEncoder.messages.encode(answer) else { return }
        line.append(0x0A)
        try? FileHandle.standardOutput.write(contentsOf: line)
    }
}
