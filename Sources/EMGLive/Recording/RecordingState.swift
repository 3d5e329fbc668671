package import Documents
package import EMGSignal

/// How a recording is doing.
package struct RecordingState: Sendable, Hashable {
    /// Whether it goes on.
    package enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Samples go to the disk as they come.
        case recording
        /// The disk takes nothing now; samples wait in memory.
        case waiting
        /// It has ended.
        case closed
    }

    /// Whether it goes on.
    package var phase = Phase.recording
    /// Rows that are in the file.
    package var writtenRows = 0
    /// Rows that wait in memory.
    package var waitingRows = 0
    /// Samples that the stream lost; the file's counter passes over them.
    package var lostSamples = 0
    /// How often the stream lost samples.
    package var gaps = 0
    /// How often the stream was disconnected.
    package var disconnects = 0
    /// Rows that came and found no room in memory; the file's counter passes over them, too.
    package var droppedRows = 0
    /// Rows in which a channel has no number.
    package var nonFiniteRows = 0
    /// Holds whose labels are in the table of events.
    package var writtenSegments = 0
    /// Holds that were carried out.
    package var segments = 0
    /// Why the disk takes nothing, and what helps; `nil` when it does.
    package var fault: String?
    /// What helps against ``fault``; empty when that says it all.
    package var remedy = ""

    /// Creates the state of a recording that begins.
    package init() {}

    /// How the recording is doing, in sentences: what is safe, what is not, what to do.
    ///
    /// - Parameter rate: Samples a second.
    /// - Returns: The sentences.
    package func sentences(rate: SamplingRate) -> String {
        func time(_ rows: Int) -> String {
            let tenths = (rate.seconds(ofSamples: rows) * 10).rounded() / 10
            return "\(tenths) s"
        }
        var sentences: [String] = []
        if let fault {
            sentences.append(fault.prefix(1).uppercased() + fault.dropFirst() + ".")
        }
        let safe = "\(time(writtenRows)) are safe in the file"
        switch phase {
        case .recording: sentences.append("Recording: \(safe).")
        case .waiting:
            sentences.append("\(safe), \(time(waitingRows)) wait in memory. Decoding goes on.")
            sentences.append(
                remedy.isEmpty
                    ? "Recording goes on by itself as soon as the disk takes it."
                    : "What helps: \(remedy). Recording then goes on by itself.")
        case .closed:
            sentences.append("The recording has ended: \(safe).")
            if segments > writtenSegments {
                sentences.append(
                    "The labels of the last \(segments - writtenSegments) movements are not.")
            }
        }
        if droppedRows > 0 {
            sentences.append(
                "\(time(droppedRows)) were lost because the disk was too slow or full; the "
                    + "recording is cut there.")
        }
        if disconnects > 0 {
            sentences.append(
                "The stream was disconnected \(disconnects == 1 ? "once" : "\(disconnects) times"); "
                    + "the recording is cut there.")
        }
        if gaps > 0 {
            sentences.append(
                "The stream lost \(lostSamples) samples in \(gaps == 1 ? "a gap" : "\(gaps) gaps"); "
                    + "the recording is cut there.")
        }
        return sentences.joined(separator: " ")
    }

    /// The state as the page gets it.
    ///
    /// - Parameter rate: Samples a second.
    /// - Returns: The object.
    package func document(rate: SamplingRate) -> DocumentValue {
        .object(known: [
            "state": .string(phase.rawValue), "message": .string(sentences(rate: rate)),
            "written_rows": .integer(writtenRows), "waiting_rows": .integer(waitingRows),
            "lost_samples": .integer(lostSamples), "gaps": .integer(gaps),
            "disconnects": .integer(disconnects), "dropped_rows": .integer(droppedRows),
            "non_finite_rows": .integer(nonFiniteRows),
            "labeled_segments": .integer(writtenSegments),
            "fault": fault.map { .string($0) } ?? .null,
        ])
    }
}
