import EMGFormats
import EMGIngest
import Foundation
import TestSupport

/// An EDF or BDF file put together field by field, by the letter of the format's definition.
struct EDFBytes {
    struct Signal {
        var label: String
        var transducer = ""
        var dimension = "uV"
        var physicalMinimum = "-3276.8"
        var physicalMaximum = "3276.7"
        var digitalMinimum = "-32768"
        var digitalMaximum = "32767"
        var prefilter = ""
        var samples: Int
        /// Replaces the field of the samples' count.
        var samplesText: String?
    }

    var isBDF = false
    var version: [UInt8]?
    var patient = "p7 F X X"
    var recording = "Startdate 02-JAN-2024 X X amplifier"
    var date = "02.01.24"
    var time = "13.45.00"
    var headerBytes: String?
    var reserved = "EDF+C"
    var recordCount: String?
    var duration = "1"
    var signalCount: String?
    var signals: [Signal] = []
    /// The numbers of each ordinary signal, all records one after another.
    var numbers: [[Int]] = []
    /// The annotations of each record, as they stand there; empty for none at all.
    var annotations: [String] = []
    var annotationSamples = 30
    var tail: [UInt8] = []

    /// Two channels of EMG at 200 Hz with annotations, numbers that scatter.
    static func standard(records: Int = 10, rate: Int = 200, bdf: Bool = false) -> EDFBytes {
        var file = EDFBytes(isBDF: bdf, reserved: bdf ? "BDF+C" : "EDF+C")
        for channel in 0..<2 {
            var signal = Signal(label: "EMG \(channel)", samples: rate)
            if bdf {
                signal.physicalMinimum = "-262144"
                signal.physicalMaximum = "262143.9"
                signal.digitalMinimum = "-8388608"
                signal.digitalMaximum = "8388607"
            }
            file.signals.append(signal)
            file.numbers.append(
                (0..<records * rate).map { number($0, channel, isBDF: bdf) })
        }
        file.annotations = (0..<records).map { "+\($0)\u{14}\u{14}\0" }
        return file
    }

    /// A number that scatters over half the range.
    static func number(_ row: Int, _ channel: Int, isBDF: Bool = false) -> Int {
        let mixed = (row &* 7_919 &+ channel &* 104_729 &+ row &* row &* 31) % 32_003
        return (mixed - 16_001) * (isBDF ? 257 : 1)
    }

    /// The sample that a number of a signal stands for, by the format's definition.
    func sample(_ number: Int, _ signal: Int) -> Float {
        let signal = signals[signal]
        let physical = (Double(signal.physicalMinimum) ?? 0, Double(signal.physicalMaximum) ?? 0)
        let digital = (Double(signal.digitalMinimum) ?? 0, Double(signal.digitalMaximum) ?? 0)
        let scale = (physical.1 - physical.0) / (digital.1 - digital.0)
        return Float((Double(number) - digital.0) * scale + physical.0)
    }

    var bytes: [UInt8] {
        let hasAnnotations = !annotations.isEmpty
        var all = signals
        if hasAnnotations {
            all.append(
                Signal(
                    label: isBDF ? "BDF Annotations" : "EDF Annotations", dimension: "",
                    physicalMinimum: "-1", physicalMaximum: "1",
                    digitalMinimum: isBDF ? "-8388608" : "-32768",
                    digitalMaximum: isBDF ? "8388607" : "32767", samples: annotationSamples))
        }
        let records =
            signals.isEmpty
            ? annotations.count : (numbers.first?.count ?? 0) / max(1, signals[0].samples)
        var result = version ?? (isBDF ? [0xFF] + Array("BIOSEMI".utf8) : field("0", 8))
        result += field(patient, 80) + field(recording, 80) + field(date, 8) + field(time, 8)
        result += field(headerBytes ?? "\(256 * (all.count + 1))", 8) + field(reserved, 44)
        result += field(recordCount ?? "\(records)", 8) + field(duration, 8)
        result += field(signalCount ?? "\(all.count)", 4)
        result += all.flatMap { field($0.label, 16) } + all.flatMap { field($0.transducer, 80) }
        result += all.flatMap { field($0.dimension, 8) }
        result += all.flatMap { field($0.physicalMinimum, 8) }
        result += all.flatMap { field($0.physicalMaximum, 8) }
        result += all.flatMap { field($0.digitalMinimum, 8) }
        result += all.flatMap { field($0.digitalMaximum, 8) }
        result += all.flatMap { field($0.prefilter, 80) }
        result += all.flatMap { field($0.samplesText ?? "\($0.samples)", 8) }
        result += all.flatMap { _ in field("", 32) }
        for record in 0..<records {
            for (signal, values) in zip(signals, numbers) {
                for value in values[record * signal.samples..<(record + 1) * signal.samples] {
                    let pattern = UInt32(bitPattern: Int32(value))
                    result.append(UInt8(truncatingIfNeeded: pattern))
                    result.append(UInt8(truncatingIfNeeded: pattern >> 8))
                    if isBDF { result.append(UInt8(truncatingIfNeeded: pattern >> 16)) }
                }
            }
            if hasAnnotations {
                var text = Array(annotations[record].utf8)
                let room = annotationSamples * (isBDF ? 3 : 2)
                text += [UInt8](repeating: 0, count: max(0, room - text.count))
                result += text.prefix(room)
            }
        }
        return result + tail
    }

    /// Text filled up with blanks; `§` stands for a byte that is not UTF-8.
    private func field(_ text: String, _ count: Int) -> [UInt8] {
        let bytes = text.flatMap { $0 == "§" ? [0xB5] : Array(String($0).utf8) }
        return Array((bytes + [UInt8](repeating: 0x20, count: count)).prefix(count))
    }

    /// Writes the file into a folder.
    func write(_ name: String? = nil, to folder: borrowing TemporaryFolder) throws -> URL {
        let url = folder.url.appending(path: name ?? (isBDF ? "a_b.bdf" : "a_b.edf"))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url
    }

    /// Reads the file as its own format.
    func read(_ options: ReadOptions = ReadOptions()) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        return try EDFReader(isBDF ? .bdf : .edf).read(write(to: folder), options: options)
    }
}
