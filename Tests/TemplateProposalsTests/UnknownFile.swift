import Foundation
import Testing

/// A text file as a laboratory may have it, and what is right of it.
struct UnknownFile: Sendable, CustomTestStringConvertible {
    let name: String
    /// Lines before the rows.
    var before = ""
    /// A row; numbers of the signal are those of ``signal(_:_:)``.
    let row: @Sendable (Int) -> String
    var rows = 400
    var channels = 2
    /// Names of the channels; `nil` where it does not matter.
    var names: [String]?
    /// The unit of the first channel.
    var unit = "count"
    /// The rate, by stamps or stated; `nil` where the file does not say it.
    var rate: Double? = 1_000
    /// The classes that are read; `nil` without labels.
    var classes: [String]?
    var encoding = String.Encoding.utf8

    var testDescription: String { name }

    /// The sample of a channel.
    static func signal(_ row: Int, _ channel: Int) -> Double {
        Double((row * 37 + channel * 101) % 211 - 105) / 100
    }

    /// The same with so many digits.
    static func text(_ row: Int, _ channel: Int, _ format: String = "%.3f") -> String {
        String(format: format, signal(row, channel))
    }

    /// Writes the file.
    func write(to folder: URL) throws -> URL {
        let url = folder.appending(path: name)
        let lines = (0..<rows).map { row($0) + "\n" }.joined()
        let data = (before + lines).data(using: encoding)
        try (data ?? Data()).write(to: url)
        return url
    }

    private static func comma(_ text: String) -> String {
        text.replacingOccurrences(of: ".", with: ",")
    }

    /// Files as they lie about.
    static let all: [UnknownFile] = [
        UnknownFile(
            name: "plain.csv", before: "time,emg1,emg2\n",
            row: { "\(String(format: "%.3f", Double($0) / 1_000)),\(text($0, 0)),\(text($0, 1))" },
            names: ["emg1", "emg2"]),
        UnknownFile(
            name: "european.csv", before: "Zeit [ms];EMG Bizeps [mV];EMG Trizeps [mV]\n",
            row: { "\($0);\(comma(text($0, 0)));\(comma(text($0, 1)))" },
            names: ["EMG Bizeps", "EMG Trizeps"], unit: "mV"),
        UnknownFile(
            name: "headless.csv", row: { "\(text($0, 0)),\(text($0, 1)),\(text($0, 2))" },
            channels: 3, rate: nil),
        UnknownFile(
            name: "whitespace.txt",
            row: { "  \(text($0, 0, "%.7e"))  \(text($0, 1, "%.7e"))" }, rate: nil),
        UnknownFile(
            name: "comments.txt", before: "# device: X\n# sampling rate: 2000 Hz\nCH1\tCH2\n",
            row: { "\(text($0, 0))\t\(text($0, 1))" }, names: ["CH1", "CH2"], rate: 2_000),
        UnknownFile(
            name: "fraction.txt", before: "# sampling rate: 1925.92593 Hz\nemg1\temg2\n",
            row: { "\(text($0, 0))\t\(text($0, 1))" }, names: ["emg1", "emg2"],
            rate: 1_925.92593),
        UnknownFile(
            name: "commented-header.txt", before: "# fs = 500\n# emg_a emg_b\n",
            row: { "\(text($0, 0)) \(text($0, 1))" }, rate: 500),
        UnknownFile(
            name: "preamble.csv",
            before: "Recorder 4\nSubject: A\nSampling Frequency;1500\n\nemg left;emg right;label\n",
            row: { "\(text($0, 0));\(text($0, 1));\($0 / 100 % 2)" },
            names: ["emg left", "emg right"], rate: 1_500, classes: ["0", "1"]),
        UnknownFile(
            name: "units.csv", before: "Time,EMG 1,EMG 2\ns,uV,uV\n",
            row: { "\(Double($0) / 500),\(text($0, 0)),\(text($0, 1))" },
            names: ["EMG 1", "EMG 2"],
            unit: "uV", rate: 500),
        UnknownFile(
            name: "labels.csv", before: "timestamp_us,ch0,ch1,gesture\n",
            row: {
                "\($0 * 5_000),\(Int(signal($0, 0) * 100)),\(Int(signal($0, 1) * 100)),"
                    + ["rest", "fist", "open"][$0 / 50 % 3]
            }, names: ["ch0", "ch1"], rate: 200, classes: ["fist", "open", "rest"]),
        UnknownFile(
            name: "imu.csv", before: "time;emg_1;emg_2;acc_x;acc_y\n",
            row: { "\(Double($0) / 1_000);\(text($0, 0));\(text($0, 1));\(text($0, 2));0.1" },
            names: ["emg_1", "emg_2"]),
        UnknownFile(
            name: "counter.csv", before: "sample,A1,A2\n",
            row: { "\($0),\(text($0, 0)),\(text($0, 1))" }, names: ["A1", "A2"], rate: nil),
        UnknownFile(
            name: "missing.csv", before: "time,emg1,emg2\n",
            row: {
                "\(Double($0) / 1_000),\($0 % 50 == 7 ? "NA" : text($0, 0)),"
                    + ($0 % 60 == 9 ? "#N/A" : text($0, 1))
            }, names: ["emg1", "emg2"]),
        UnknownFile(
            name: "minutes.txt", before: "min\tCH1\tCH2\n",
            row: {
                "\(String(format: "%.9f", Double($0) / 60_000))\t\(text($0, 0))\t\(text($0, 1))"
            },
            names: ["CH1", "CH2"]),
        UnknownFile(
            name: "quoted.csv", before: "\"t (s)\",\"emg 1 (mV)\",\"emg 2 (mV)\"\n",
            row: { "\"\(Double($0) / 1_000)\",\"\(text($0, 0))\",\"\(text($0, 1))\"" },
            names: ["emg 1", "emg 2"], unit: "mV"),
        UnknownFile(
            name: "latin1.csv", before: "time;EMG \u{E4}u\u{DF}en [\u{B5}V];EMG innen [\u{B5}V]\n",
            row: { "\(Double($0) / 1_000);\(text($0, 0));\(text($0, 1))" },
            names: ["EMG \u{E4}u\u{DF}en", "EMG innen"], unit: "\u{B5}V", encoding: .isoLatin1),
        UnknownFile(
            name: "trailing.csv", before: "time,emg1,emg2,\n",
            row: { "\(Double($0) / 1_000),\(text($0, 0)),\(text($0, 1))," },
            names: ["emg1", "emg2"]),
        UnknownFile(
            name: "unix.csv", before: "unix_ms,emg1,emg2\n",
            row: { "\(1_700_000_000_000 + $0),\(text($0, 0)),\(text($0, 1))" },
            names: ["emg1", "emg2"]),
        UnknownFile(
            name: "text-label.tsv", before: "emg1\temg2\tmovement\n",
            row: { "\(text($0, 0))\t\(text($0, 1))\t\($0 < 200 ? "rest" : "grip")" },
            names: ["emg1", "emg2"], rate: nil, classes: ["grip", "rest"]),
        UnknownFile(
            name: "msec-per-sample.txt",
            before: "acq file\n0.5 msec/sample\n2 channels\nEMG A\tEMG B\n",
            row: { "\(text($0, 0))\t\(text($0, 1))" }, names: ["EMG A", "EMG B"], rate: 2_000),
    ]
}
