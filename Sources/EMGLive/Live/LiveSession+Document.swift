internal import Decoding
internal import Documents
internal import EMGSignal
internal import Foundation
internal import Synchronization

extension LiveSession {
    /// What the page shows, in the members that its scripts share among them.
    var document: DocumentValue {
        let state = state.withLock { $0.withoutSamples }
        return .object(known: [
            "decoder": .object([
                "name": .string(settings.bundleName),
                "model": .string(type(of: settings.bundle.model.kind).key),
                "classes": .strings(settings.bundle.classNames),
                "learns_from_windows": .boolean(learnsFromWindows),
            ]),
            "stream": stream(state), "quality": state.quality?.document,
            "decisions": state.decisions.document,
            "protocol": .object([
                "cycles": .integer(settings.session.cycles),
                "hold_s": .number(settings.session.holdSeconds),
                "summary": .string(settings.session.summary(at: settings.bundle.samplingRate)),
            ]),
            "session": state.recorded?.document(imageURL: Self.imageURL),
            "conversion": conversion(state),
            "policy": .string(state.policy.rawValue), "adaptation": adaptation.document,
            "control": state.target.document,
            "log": state.log.map { .string($0.path(percentEncoded: false)) },
            "log_fault": state.logFault.map { .string($0) },
            "synthetic": intention.map {
                .object([
                    "intention": .string($0.className),
                    "simulated_user": .boolean(state.user != nil),
                ])
            },
        ])
    }

    private func stream(_ state: LiveState) -> DocumentValue {
        let rate = state.stream?.samplingRate
        return .object(known: [
            "source": .string(state.source),
            "channels": .strings(state.stream?.channels.map(\.name) ?? []),
            "unit": .string(state.stream?.channels.first?.unit ?? ""),
            "rate": rate.map { .number($0.hertz) },
            "samples": .integer(state.position),
            "seconds": rate.map { .number($0.seconds(ofSamples: state.position)) },
            "lost_samples": .integer(state.lostSamples), "gaps": .integer(state.gaps),
            "disconnects": .integer(state.disconnects),
            "state": .string(Self.streamState(state)),
            "fault": state.fault.map { .string($0) },
        ])
    }

    private static func streamState(_ state: LiveState) -> String {
        if state.fault != nil { return "failed" }
        if let cause = state.decisions.cause { return cause.name }
        return state.stream == nil ? "waiting" : "streaming"
    }

    private func conversion(_ state: LiveState) -> DocumentValue? {
        switch state.conversion {
        case .none: nil
        case .converting: .object(["state": .string("converting")])
        case .converted(let path):
            .object(["state": .string("converted"), "path": .string(path)])
        case .failed(let reason):
            .object(["state": .string("failed"), "reason": .string(reason)])
        }
    }

    /// Where the page finds a picture that is a file.
    static func imageURL(_ path: String) -> String {
        "/picture?path="
            + (path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
    }
}
