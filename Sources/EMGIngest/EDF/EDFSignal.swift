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
        return name == "edf annotations" || name == "bdf annotations"
    }

    /// The signal with a name for messages.
    var title: String { "signal \(number + 1) \"\(label)\"" }

    /// What kind of signal it is, as far as its label or transducer tells.
    enum Kind: Sendable, Hashable {
        case emg
        case other
        case unknown
    }

    /// Whether label or transducer say that it is EMG, or that it is something else.
    var kind: Kind {
        let name = label.lowercased()
        if name.contains("emg") || transducer.lowercased().contains("emg") { return .emg }
        if transducer.lowercased().contains("electromyogr") { return .emg }
        let first = name.prefix { $0.isLetter }
        return Self.otherTypes.contains(String(first)) ? .other : .unknown
    }

    /// First words of labels that are no EMG: the standard types of EDF+ and what EMG devices
    /// record beside it.
    private static let otherTypes: Set<String> = [
        "eeg", "ecg", "ekg", "eog", "erg", "mcg", "ep", "temp", "temperature", "resp", "sao",
        "spo", "light", "sound", "event", "pulse", "status", "trigger", "trig", "stim", "acc",
        "accel", "accx", "accy", "accz", "gyr", "gyro", "gyrox", "gyroy", "gyroz", "mag", "magx",
        "magy", "magz", "imu", "quat", "quaternion", "force", "torque", "angle", "glove",
        "battery", "counter", "marker", "sync", "time", "timestamp", "crc",
    ]
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
