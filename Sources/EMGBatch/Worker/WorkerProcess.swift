internal import EMGIngest
internal import Foundation

/// A running worker.
final class WorkerProcess {
    private let command: WorkerCommand
    private let process = Process()
    private let jobs = Pipe()
    private let answers = Pipe()
    private var received = Data()

    /// Starts a worker.
    ///
    /// - Throws: When the program cannot be started.
    init(_ command: WorkerCommand) throws {
        self.command = command
        process.executableURL = command.executable
        process.arguments = command.arguments
        var environment = ProcessInfo.processInfo.environment
        // How a worker dies is reported in a sentence, and matrices are none of its business.
        environment["SWIFT_BACKTRACE"] = "enable=no"
        environment["OPENBLAS_NUM_THREADS"] = "1"
        process.environment = environment
        process.standardInput = jobs
        process.standardOutput = answers
        try process.run()
    }

    deinit {
        // The end of its input ends a worker; one that hangs is not waited for.
        try? jobs.fileHandleForWriting.close()
        if process.isRunning { process.terminate() }
    }

    /// Whether it lives.
    var isRunning: Bool { process.isRunning }

    /// Has a job done.
    ///
    /// - Parameters:
    ///   - job: What to do.
    ///   - progress: Called now and then with the part that is done, from 0 to 1.
    /// - Returns: The last answer.
    /// - Throws: ``WorkerEnd`` when the worker died or hung; it is of no further use then.
    func perform(
        _ job: WorkerJob, progress: (Double) -> Void
    ) throws(WorkerEnd) -> WorkerAnswer {
        do {
            var line = try JSONEncoder.messages.encode(job)
            line.append(0x0A)
            try PipeSignal.blocked { try jobs.fileHandleForWriting.write(contentsOf: line) }
        } catch {
            throw end()
        }
        // Only the reading is done by a foreign library: what follows takes as long as it takes.
        var isReading = true
        while true {
            guard let line = nextLine(patiently: !isReading),
                let answer = try? JSONDecoder.messages.decode(WorkerAnswer.self, from: line)
            else { throw end() }
            switch answer {
            case .progress(let fraction):
                isReading = fraction < Ingestion.readingShare
                progress(fraction)
            case .stuck(let seconds):
                _ = end()
                throw WorkerEnd(
                    reason: "its library worked for \(seconds) s and got nowhere", isHang: true)
            case .found, .inspected, .converted, .failed: return answer
            }
        }
    }

    /// The next whole line; `nil` when the worker closed its end or said nothing for too long.
    private func nextLine(patiently: Bool) -> Data? {
        let handle = answers.fileHandleForReading
        while true {
            if let end = received.firstIndex(of: 0x0A) {
                let line = Data(received[..<end])
                received = Data(received[received.index(after: end)...])
                return line
            }
            var waiting = pollfd(
                fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
            let limit = patiently ? -1 : Int32(command.patienceSeconds * 1_000)
            let ready = unsafe poll(&waiting, 1, limit)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return nil }
            let piece = handle.availableData
            if piece.isEmpty { return nil }
            received.append(piece)
        }
    }

    /// Ends the worker and says why it is of no further use.
    private func end() -> WorkerEnd {
        // A worker that closed its output is about to end by itself; one that hangs is killed.
        var reason = "it made no progress for \(Int(command.patienceSeconds)) s"
        var waited = 0
        while process.isRunning, waited < 20 {
            usleep(10_000)
            waited += 1
        }
        let isHang = process.isRunning
        if isHang {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        } else if process.terminationReason == .uncaughtSignal {
            reason = "it was ended by signal \(process.terminationStatus)"
        } else {
            reason = "it ended with status \(process.terminationStatus)"
        }
        return WorkerEnd(reason: reason, isHang: isHang)
    }
}
