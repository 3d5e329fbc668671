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
    /// Signals that say what they are decide: the EMG of the rate that most of it has is the main
    /// part. When no signal says that it is EMG, the main part are the signals of the highest
    /// rate that do not say that they are something else.
    ///
    /// - Parameters:
    ///   - header: A header with at least one ordinary signal.
    ///   - kind: What a signal is.
    /// - Returns: The parts, at least one.
    static func parts(of header: EDFHeader, kind: (EDFSignal) -> ChannelKind) -> [EDFPart] {
        struct Key: Hashable {
            let isMainKind: Bool
            let samples: Int
        }
        let ordinary = header.ordinary
        let kinds = ordinary.map(kind)
        let mainKind = ChannelKind.mainKind(of: kinds)
        var groups: [Key: [EDFSignal]] = [:]
        for (signal, kind) in zip(ordinary, kinds) {
            let key = Key(isMainKind: kind == mainKind, samples: signal.samplesPerRecord)
            groups[key, default: []].append(signal)
        }
        // Without a word on what is EMG the fastest signals are: nothing else needs the rate.
        let byCount = mainKind == .emg
        let order = groups.sorted { left, right in
            if left.key.isMainKind != right.key.isMainKind { return left.key.isMainKind }
            if byCount, left.value.count != right.value.count {
                return left.value.count > right.value.count
            }
            return left.key.samples > right.key.samples
        }
        return order.map { key, signals in
            let hertz = EDFHeader.hertz(key.samples, in: header.recordDuration)
            let name = key.isMainKind ? "emg" : ChannelKind.othersName
            return EDFPart(name: "\(name)-\(hertz.brief)Hz", signals: signals)
        }
    }
}
