package import Documents
import EMGSignal
import Foundation

extension RecordedSession {
    /// What the page shows of the session and its recording.
    ///
    /// - Parameter imageURL: Where the page finds a picture that is a file, by its path.
    /// - Returns: The object.
    package func document(imageURL: (String) -> String) -> DocumentValue {
        let rate = session.samplingRate
        return .object(known: [
            "name": .string(session.settings.name),
            "prompt": session.prompt.document(imageURL: imageURL),
            "metronome": session.settings.metronome.map { .number($0) } ?? .null,
            "finished_steps": .integer(segments.count),
            "reaction_s": segments.last?.reactionSeconds.map { .number($0) } ?? .null,
            "recording": recorder.state.document(rate: rate),
            "file": .string(
                recorder.folder.samples(of: recorder.identity).path(percentEncoded: false)),
            "identity": .string(recorder.identity.id),
        ])
    }
}
