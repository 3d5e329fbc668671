internal import EMGFormats

/// One signal of a file, as its part of the header describes it.
struct EDFSignal: Sendable, Hashable {
    /// Its number, from 0.
    let number: Int
    /// The label, without the blanks round it.
    let label: String
    /// The type of transducer.
    let transducer: String
    /// The physical dimension, as it stands there.
    let dimension: String
    /// The filters that were applied.
    let prefilter: String
    /// The samples in a record, at least 1.
    let samplesPerRecord: Int
    /// The first sample in a record, counted from its beginning, over all signals.
    let firstSampleInRecord: Int
    /// From numbers to physical values, or why there is no way.
    let calibration: Result<EDFCalibration, IngestError>

    /// Whether it holds annotations in place of samples.
    var isAnnotations: Bool { Self.isAnnotations(label) }

    /// Whether a label is that of annotations, in either width.
    static func isAnnotations(_ label: String) -> Bool {
        let name = label.lowercased()
        return EDFFormat.allCases.contains { $0.annotationsLabel.lowercased() == name }
    }

    /// The signal with a name for messages.
    var title: String { "signal \(number + 1) \"\(label)\"" }

    /// What its label or transducer say that it is.
    var kind: ChannelKind {
        ChannelKind(named: transducer) == .emg ? .emg : ChannelKind(named: label)
    }
}

/// The way from a signal's numbers to physical values: `value = scale · number + offset`.
struct EDFCalibration: Sendable, Hashable {
    /// Physical units a number; finite and not 0.
    let scale: Double
    /// The physical value of 0; finite.
    let offset: Double
    /// The numbers that the header allows.
    let numbers: ClosedRange<Int>

    /// The line through the two ends of the range.
    init(physicalMinimum: Double, physicalMaximum: Double, numbers: ClosedRange<Int>) {
        let (low, high) = (Double(numbers.lowerBound), Double(numbers.upperBound))
        scale = (physicalMaximum - physicalMinimum) / (high - low)
        offset = physicalMinimum - scale * low
        self.numbers = numbers
    }
}
