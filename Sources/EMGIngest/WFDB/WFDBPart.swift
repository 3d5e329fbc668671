/// Signals of one rate, which are one recording.
struct WFDBPart: NamedPart {
    /// Its name, for example `emg-2000Hz`.
    let name: String
    /// Samples of each signal in a frame.
    let samplesPerFrame: Int
    /// The signals, by their place in the record.
    let signals: [Int]
    /// Rows a second.
    let hertz: Double

    /// Divides a record into parts, the main one first: the rate with most signals whose
    /// description has `EMG` in it or, when no signal says so, the highest rate.
    static func parts(of record: WFDBRecord) -> [WFDBPart] {
        var groups: [Int: [Int]] = [:]
        for (number, signal) in record.signals.enumerated() {
            groups[signal.samplesPerFrame, default: []].append(number)
        }
        func count(_ signals: [Int]) -> Int {
            signals.count { record.signals[$0].description.lowercased().contains("emg") }
        }
        let order = groups.sorted {
            (count($0.value), $0.key) > (count($1.value), $1.key)
        }
        return order.enumerated().map { place, group in
            let hertz = record.frameRate * Double(group.key)
            return WFDBPart(
                name: "\(place == 0 ? "emg" : "other")-\(hertz.brief)Hz",
                samplesPerFrame: group.key, signals: group.value, hertz: hertz)
        }
    }
}
