internal import EMGSignal

/// Signals of one rate that are one recording.
struct EDFPart: NamedPart {
    /// Its name, for example `emg-2000Hz` or `other-100Hz`.
    let name: String
    /// The signals, in the order of the file.
    let signals: [EDFSignal]

    /// The rows of a record.
    var rowsPerRecord: Int { signals[0].samplesPerRecord }

    /// The labels of its signals, for messages.
    var labels: String {
        let labels = signals.prefix(8).map { "\"\($0.label)\"" }.joined(separator: ", ")
        return signals.count > 8 ? "\(labels), …" : labels
    }

    /// Divides the signals of a file into parts, the main one first.
    ///
    /// Which is the main one: ``RatedPart/parts(of:)``.
    ///
    /// - Parameters:
    ///   - header: A header with at least one ordinary signal.
    ///   - kind: What a signal is.
    /// - Returns: The parts, at least one.
    static func parts(of header: EDFHeader, kind: (EDFSignal) -> ChannelKind) -> [EDFPart] {
        let ordinary = header.ordinary
        return RatedPart.parts(
            of: ordinary.map { signal in
                RatedPart.Member(
                    name: signal.label, kind: kind(signal),
                    hertz: EDFHeader.hertz(signal.samplesPerRecord, in: header.recordDuration))
            }
        ).map { part in EDFPart(name: part.name, signals: part.members.map { ordinary[$0] }) }
    }
}
