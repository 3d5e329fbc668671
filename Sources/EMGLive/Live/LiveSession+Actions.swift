internal import Decoding
internal import Dispatch
internal import Documents
internal import EMGArchive
internal import EMGBatch
internal import EMGSignal
internal import Foundation
internal import Synchronization

extension LiveSession {
    // MARK: The session

    /// Begins a recording, and a session that waits to be started.
    ///
    /// - Parameters:
    ///   - identity: Whose it is.
    ///   - settings: What is asked for.
    /// - Throws: ``DecodingError`` while another one goes on, before there is a stream, and when the
    ///   recording cannot be written.
    func beginSession(
        _ identity: RecordingIdentity, _ settings: SessionProtocol
    ) throws(DecodingError) {
        let (stream, selection, isBusy) = state.withLock {
            ($0.stream, $0.selection, $0.recorded.map { !$0.session.isOver } ?? false)
        }
        guard !isBusy else {
            throw DecodingError(
                .unsupported("a session goes on"), at: "session", hint: "end it before the next")
        }
        guard let stream, let selection else {
            throw DecodingError(
                .unsupported("there is no stream to record"), at: "session",
                hint: "wait until the electrodes are connected")
        }
        let recorder = try SessionRecorder(
            identity, in: self.settings.sessions, of: stream, disk: self.settings.disk)
        state.withLock { state in
            state.recorded = RecordedSession(settings, into: recorder)
            state.tape = CalibrationTape(
                recorder.identity, for: self.settings.bundle, selection: selection,
                streamChannels: stream.channels.count)
            state.conversion = .none
        }
        adaptation.reset()
    }

    /// Does what somebody wants of the session.
    ///
    /// - Parameter action: What.
    func perform(_ action: SessionAction) {
        handle(state.withLock { $0.recorded?.perform(action) ?? [] })
    }

    /// Converts a recording again that could not be converted.
    func convertAgain() {
        guard case .failed = state.withLock({ $0.conversion }) else { return }
        finishRecording()
    }

    /// Puts a session that is over out of sight.
    func closeSession() {
        state.withLock { state in
            if state.recorded?.session.isOver == true { state.recorded = nil }
        }
    }

    /// Ends the recording and puts it into the archive.
    func finishRecording() {
        let ended = state.withLock { state in
            state.ended = state.recorded?.recorder ?? state.ended
            if state.ended != nil { state.conversion = .converting }
            return state.ended
        }
        guard let recorder = ended else { return }
        archiving.async {
            // What waits for room on the disk is not given up before the program ends.
            while recorder.state.phase == .waiting, !self.state.withLock({ $0.isEnding }) {
                Thread.sleep(forTimeInterval: 0.2)
            }
            let hasMissing = recorder.close().nonFiniteRows > 0
            let conversion = SessionConversion(
                self.settings.sessions, into: self.settings.archive)
            let result: LiveState.ConversionState
            do {
                let report = try conversion.convert(recorder.identity, hasMissing: hasMissing)
                result = Self.result(
                    report, at: self.settings.archive.url(for: recorder.identity))
            } catch {
                result = .failed(reason: "\(error)")
            }
            self.state.withLock { $0.conversion = result }
        }
    }

    private static func result(
        _ report: BatchReport, at url: URL
    ) -> LiveState.ConversionState {
        for item in report.items {
            if case .refused(let fault) = item.outcome { return .failed(reason: "\(fault)") }
        }
        return .converted(path: url.path(percentEncoded: false))
    }

    // MARK: The decoder

    /// Says when the decoder learns.
    func setPolicy(_ policy: AdaptationPolicy) {
        state.withLock { $0.policy = policy }
        adaptation.setLearnsAlone(policy == .unlabeled)
    }

    /// Writes the decoder that decides now.
    ///
    /// - Parameter url: Where; nothing is there yet.
    /// - Throws: ``DecodingError`` when it cannot be written.
    func save(to url: URL) throws(DecodingError) {
        guard !FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            throw DecodingError(
                .alreadyExists, at: url.path(percentEncoded: false),
                hint: "name a file that is not there yet")
        }
        try adaptation.current.write(to: url)
    }

    // MARK: The target task

    /// Begins a target task.
    ///
    /// - Parameters:
    ///   - settings: What it consists of.
    ///   - isSimulated: Whether a simulated user does it with the synthetic person's muscles.
    /// - Throws: ``DecodingError`` for a class that the decoder does not have.
    func beginControl(_ settings: FittsSettings, isSimulated: Bool) throws(DecodingError) {
        let rate = 1 / self.settings.bundle.decisionSeconds
        let log = nextLog()
        var fault: DecodingError?
        state.withLock { state in
            do throws(DecodingError) {
                try state.target.start(settings)
                state.user =
                    isSimulated && intention != nil
                    ? SimulatedUser(self.simulatedUser(settings), decisionRate: rate) : nil
                (state.log, state.logFault) = (log, nil)
            } catch {
                fault = error
            }
        }
        if let fault { throw fault }
    }

    /// Somebody who knows the delay of muscles and of the decoder's window.
    private func simulatedUser(_ task: FittsSettings) -> SimulatedUserSettings {
        var user = SimulatedUserSettings()
        user.expectedLagSeconds =
            SyntheticSource.typicalReactionSeconds
            + settings.bundle.input.windowSeconds
        user.seed = task.seed
        return user
    }

    /// Ends the target task before its last trial.
    func endControl() {
        state.withLock { $0.target.stop() }
    }

    /// A name for a log that no file has.
    private func nextLog() -> URL {
        let who = state.withLock { $0.recorded?.recorder.identity.patient } ?? "control"
        for number in 1... {
            let url = settings.logs.appending(path: "\(who)-\(number).json")
            if !FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) {
                return url
            }
        }
        return settings.logs
    }

    /// Writes the log of the target task, as an object and as a table.
    func writeLog(_ log: FittsLog) throws(DecodingError) {
        guard let url = state.withLock({ $0.log }) else { return }
        do {
            try FileManager.default.createDirectory(
                at: settings.logs, withIntermediateDirectories: true)
        } catch {
            throw DecodingError(
                .inputOutput(reason: "the folder cannot be made: \(error.localizedDescription)"),
                at: settings.logs.path(percentEncoded: false))
        }
        try log.write(to: url)
        try log.write(to: url.deletingPathExtension().appendingPathExtension("csv"))
    }
}
