import PrintableText

/// What a channel is, as far as its name or sensor tells.
enum ChannelKind: Sendable, Hashable {
    case emg
    case other
    case unknown

    /// Goes by a name: `EMG` anywhere in it, or a first word that is known for something else.
    init(named name: String) {
        let name = name.lowercased()
        if name.contains("emg") || name.contains("electromyogr") {
            self = .emg
        } else {
            let first = name.drop { !$0.isLetter }.prefix { $0.isLetter }
            self = Self.otherTypes.contains(String(first)) ? .other : .unknown
        }
    }

    /// The name of the part with the channels of one rate that are no EMG.
    static let othersName = "other"

    /// Divides channels of one rate. When some say that they are EMG, these are the main part;
    /// when none does, those that do not say that they are something else; else all.
    ///
    /// - Parameter kinds: What each channel is.
    /// - Returns: The places of those of the main part, and of the others.
    static func split(_ kinds: [ChannelKind]) -> (main: [Int], others: [Int]) {
        let main = mainKind(of: kinds)
        return (
            kinds.indices.filter { kinds[$0] == main }, kinds.indices.filter { kinds[$0] != main }
        )
    }

    /// The kind that the main part is of.
    static func mainKind(of kinds: [ChannelKind]) -> ChannelKind {
        kinds.contains(.emg) ? .emg : kinds.contains(.unknown) ? .unknown : .other
    }

    /// What is said of channels that are not read.
    ///
    /// - Parameters:
    ///   - names: The channels.
    ///   - part: The name of the part that they are.
    ///   - location: Where they are.
    /// - Returns: The warning.
    static func leftOut(
        _ names: [String], part: String, at location: SourceLocation
    ) -> IngestWarning {
        let listed = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
        return IngestWarning(
            .partLeftOut, at: location, count: names.count,
            message: "\(names.count, of: "channel is", plural: "channels are") left out "
                + "(\(listed)); --parts \(part) reads \(names.count == 1 ? "it" : "them")")
    }

    /// First words of names that are no EMG: the standard types of EDF+ and what EMG devices
    /// record beside it.
    private static let otherTypes: Set<String> = [
        "eeg", "ecg", "ekg", "eog", "erg", "mcg", "ep", "temp", "temperature", "resp",
        "respiration", "rsp", "sao", "spo", "ppg", "bvp", "eda", "gsr", "light", "lux", "sound",
        "event", "pulse", "status", "trigger", "trig", "stim", "acc", "accel", "accx", "accy",
        "accz", "xyz", "gyr", "gyro", "gyrox", "gyroy", "gyroz", "mag", "magx", "magy", "magz",
        "imu", "quat", "quaternion", "force", "torque", "angle", "glove", "battery", "counter",
        "marker", "markers", "sync", "time", "timestamp", "crc", "accelerometer", "gyroscope",
        "magnetometer", "mocap", "gaze", "audio", "nirs",
    ]
}
