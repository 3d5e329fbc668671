import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

/// A text as a program writes it, made in the test, and what is in it.
struct ProgramExport: Sendable, CustomTestStringConvertible {
    let name: String
    let format: String
    let text: String
    /// Channels of the main part.
    let channels: [Channel]
    let hertz: Double
    let sampleCount: Int
    /// The value of a sample of the main part.
    let value: @Sendable (_ row: Int, _ channel: Int) -> Double
    /// Names of channels of the other parts.
    var others: [[String]] = []
    /// The label of each row.
    var label: (@Sendable (Int) -> String)?
    var cuts: [Int] = []
    var encoding = String.Encoding.utf8
    var extensionName = "csv"
    var testDescription: String { "\(format), \(name)" }

    /// A number of a few digits that differs for all small rows and channels.
    static func number(_ row: Int, _ channel: Int) -> Double {
        let mixed: Int = row * 37 + channel * 101 + row * channel * 11
        return Double(mixed % 997 - 400) / 64
    }

    static func cell(_ row: Int, _ channel: Int, comma: Bool = false) -> String {
        let text = "\(number(row, channel))"
        return comma ? text.replacing(".", with: ",") : text
    }
}

@Suite("Texts of makers' programs are known by their beginning and read right")
struct ProgramExportTests {
    @Test("each export is the recording that is in it", arguments: exports)
    func reads(export: ProgramExport) throws {
        let bytes = Array(try #require(export.text.data(using: export.encoding)))
        try TextExport.place(bytes, name: "p1_a.\(export.extensionName)") { url in
            let reader = try ReaderRegistry.standard.reader(for: url)
            #expect(reader.formatName == export.format)
            let outcome = try ReaderConformance.check(reader, url)
            let recording = outcome.recording
            #expect(recording.channels == export.channels)
            #expect(abs(recording.samplingRate.hertz - export.hertz) < 1e-6 * export.hertz)
            #expect(recording.sampleCount == export.sampleCount)
            for row in 0..<min(recording.sampleCount, export.sampleCount) {
                for channel in recording.channels.indices {
                    #expect(
                        recording.samples[row, channel] == Float(export.value(row, channel)),
                        "row \(row), channel \(channel)")
                }
            }
            let parts = try Ingestion(reader: reader, options: ReadOptions(parts: .all)).take(url)
            #expect(parts.dropFirst().map { $0.header.channels.map(\.name) } == export.others)
            if let label = export.label {
                #expect(
                    try TextExport.labels(outcome) == (0..<export.sampleCount).map(label))
            }
            #expect(
                recording.quality.filter { $0.kind == .gap }.map(\.range.start) == export.cuts)
            let left = outcome.warnings.contains { $0.kind == .partLeftOut }
            #expect(left == !export.others.isEmpty)
            let found = SourceSearch.search([url], registry: .standard)
            #expect(found.sources.map(\.format) == [export.format])
        }
    }

    static let exports: [ProgramExport] =
        trignoDiscover + noraxon + vicon + cometa + bts + shimmer + acqKnowledge + labChart

    private typealias Export = ProgramExport

    // MARK: - Delsys Trigno Discover

    static var trignoDiscover: [ProgramExport] {
        [(",", false, true), (";", true, true), (",", false, false)].map { mark, comma, period in
            var rows: [[String]] = [
                ["Application:", "Trigno Discover (2.1.0.7)"],
                ["Date/Time:", "5/2/2025 10:11:12 AM"], ["Collection Length (seconds):", "1"],
                ["Avanti Sensor 1 (75923)", "", "", "", "Duo Sensor 2 (78042)", "", ""],
                ["sensor mode: 65", "", "", "", "sensor mode: 50", "", ""],
                [
                    "EMG 1 Time Series (s)", "EMG 1 (mV)", "ACC X Time Series (s)", "ACC X (G)",
                    "EMG 1 Time Series (s)", "EMG 1 (mV)", "EMG 2 (mV)",
                ],
                ["", "1000 Hz", "", "100 Hz", "", "1000 Hz", "1000 Hz"],
            ]
            if period {
                rows.append(
                    ["", "0.001 s", "", "0.01 s", "", "0.001 s", "0.001 s", "Type", "Name"])
            }
            for row in 0..<80 {
                let time =
                    comma
                    ? "\(Double(row) / 1_000)".replacing(".", with: ",")
                    : "\(Double(row) / 1_000)"
                let slow =
                    comma
                    ? "\(Double(row) / 100)".replacing(".", with: ",")
                    : "\(Double(row) / 100)"
                rows.append(
                    [time, Export.cell(row, 0, comma: comma)]
                        + (row < 8 ? [slow, Export.cell(row, 9, comma: comma)] : ["", ""])
                        + [
                            time, Export.cell(row, 1, comma: comma),
                            Export.cell(row, 2, comma: comma),
                        ] + (row == 3 && period ? ["General", "M1"] : []))
            }
            return Export(
                name: "\(mark) \(period)", format: "trigno-discover",
                text: rows.map { $0.joined(separator: mark) + "\r\n" }.joined(),
                channels: [
                    Channel(name: "Avanti Sensor 1 (75923): EMG 1", unit: "mV"),
                    Channel(name: "Duo Sensor 2 (78042): EMG 1", unit: "mV"),
                    Channel(name: "Duo Sensor 2 (78042): EMG 2", unit: "mV"),
                ], hertz: 1_000, sampleCount: 80, value: { Export.number($0, $1) },
                others: [["Avanti Sensor 1 (75923): ACC X"]])
        }
    }

    // MARK: - Noraxon

    static var noraxon: [ProgramExport] {
        let head =
            "type,begin_time,frequency,count,created with version,exported with version,"
            + "measurement_date,record_name\nrecord,0.00000,1500,60,Noraxon MR 4.0.22,4.0.22,"
            + "2025-08-26T17:29:12.325+07:00,Walk 1\n\n"
        let rows = { (names: String, hasMarks: Bool) in
            names + "\n"
                + (0..<60).map { row in
                    let activity = row == 0 ? "REST" : row == 20 ? "fist" : ""
                    return "\(Double(row) / 1_500),"
                        + (hasMarks ? "\(activity),\(row == 5 ? "M1" : "")," : "")
                        + "\(Export.cell(row, 0)),\(Export.cell(row, 1)),\(Export.cell(row, 2))\n"
                }.joined()
        }
        let signal =
            "type,name,time_units,begin_time,frequency,count,units\n"
            + "signal,Ultium_EMG-LT_TIB,s,0.00000,2000,40,uV\n\ntime,value\n"
            + (0..<40).map { "\(Double($0) / 2_000),\(Export.cell($0, 0))\n" }.joined()
        let text =
            "Walk 1\nExported:\t26.8.2025\n\n\nTime,s\tRT RECTUS FEM.,uV\tLT LAT. GASTRO,uV\r\n"
            + (0..<60).map {
                "\(Double($0) / 1_500)\t\(Export.cell($0, 0))\t\(Export.cell($0, 1))\r\n"
            }.joined()
        return [
            Export(
                name: "MR4", format: "noraxon-mr",
                text: head
                    + rows("time,Activity,Marker,LT BICEPS FEM.,LT Force,RT BICEPS FEM.", true),
                channels: [
                    Channel(name: "LT BICEPS FEM.", unit: "uV"),
                    Channel(name: "RT BICEPS FEM.", unit: "uV"),
                ], hertz: 1_500, sampleCount: 60, value: { Export.number($0, $1 * 2) },
                others: [["LT Force"]], label: { $0 < 20 ? "REST" : "fist" }),
            Export(
                name: "Ultium with accelerometers", format: "noraxon-mr",
                text: head
                    + rows(
                        "time,Activity,Marker,Ultium EMG.EMG 1 (uV),Ultium EMG.EMG 2 (uV),"
                            + "Ultium EMG.Internal Accel 1 Ax (mG)", true),
                channels: [
                    Channel(name: "Ultium EMG.EMG 1", unit: "uV"),
                    Channel(name: "Ultium EMG.EMG 2", unit: "uV"),
                ], hertz: 1_500, sampleCount: 60, value: { Export.number($0, $1) },
                others: [["Ultium EMG.Internal Accel 1 Ax"]],
                label: { $0 < 20 ? "REST" : "fist" }),
            Export(
                name: "one signal", format: "noraxon-mr", text: signal,
                channels: [Channel(name: "value", unit: "uV")], hertz: 2_000, sampleCount: 40,
                value: { Export.number($0, $1) }),
            Export(
                name: "text", format: "noraxon-text", text: text,
                channels: [
                    Channel(name: "RT RECTUS FEM.", unit: "uV"),
                    Channel(name: "LT LAT. GASTRO", unit: "uV"),
                ], hertz: 1_500, sampleCount: 60, value: { Export.number($0, $1) },
                extensionName: "txt"),
        ]
    }

    // MARK: - Vicon Nexus

    static var vicon: [ProgramExport] {
        [(",", "\n", false), ("\t", "\r\n", false), (";", "\r\n", false), (",", "\r\n", true)].map {
            mark, end, isPadded in
            var lines = [
                ["Devices"], ["1000"],
                ["", "", "Noraxon Ultium - EMG", "", "AMTI Plate 1 - Force", ""],
                ["Frame", "Sub Frame", "RT TIB", "LT TIB", "Fx", "Fz"],
                ["", "", "V", "V", "N", "N"],
            ]
            for row in 0..<50 {
                lines.append(
                    ["\(row / 10 + 1)", "\(row % 10)"] + (0..<4).map { Export.cell(row, $0) })
            }
            lines += [
                [], ["Trajectories"], ["100"], ["", "", "P1:RTOE", "", ""],
                ["Frame", "Sub Frame", "X", "Y", "Z"], ["", "", "mm", "mm", "mm"],
                ["1", "0", "1.5", "2", "3"],
            ]
            // A spreadsheet that saves it again makes all lines as long as the longest.
            if isPadded {
                lines = lines.map { $0 + Array(repeating: "", count: 6 - $0.count) }
            }
            return Export(
                name: isPadded ? "saved again" : mark == "\t" ? "tabs" : mark,
                format: "vicon-nexus",
                text: lines.map { $0.joined(separator: mark) + end }.joined(),
                channels: [
                    Channel(name: "Noraxon Ultium - EMG: RT TIB", unit: "V"),
                    Channel(name: "Noraxon Ultium - EMG: LT TIB", unit: "V"),
                ], hertz: 1_000, sampleCount: 50, value: { Export.number($0, $1) },
                others: [["AMTI Plate 1 - Force: Fx", "AMTI Plate 1 - Force: Fz"]])
        }
    }

    // MARK: - Cometa and BTS

    static var cometa: [ProgramExport] {
        [("\t", false), (";", true)].map { mark, comma in
            var text = ["Time(s)", "Emg_9(uV)", "Emg_10(uV)"].joined(separator: mark) + "\n"
            for row in 0..<100 {
                let time = "\(Double(row) / 2_000)"
                text +=
                    [
                        comma ? time.replacing(".", with: ",") : time,
                        Export.cell(row, 0, comma: comma), Export.cell(row, 1, comma: comma),
                    ].joined(separator: mark) + "\n"
            }
            return Export(
                name: mark == "\t" ? "tabs" : mark, format: "cometa", text: text,
                channels: [
                    Channel(name: "Emg_9", unit: "uV"), Channel(name: "Emg_10", unit: "uV"),
                ], hertz: 2_000, sampleCount: 100, value: { Export.number($0, $1) },
                extensionName: "txt")
        }
    }

    static var bts: [ProgramExport] {
        let text =
            "BTS ASCII format\r\n\r\nType:         \tEmg tracks\r\nMeasure unit: \tV\r\n\r\n"
            + "Tracks:       \t2\r\nFrequency:    \t1000 Hz\r\nFrames:       \t60\r\n"
            + "Start time:   \t0.000\r\n\r\n Frame\t  Time\tVoltage:LDA~2\tVoltage:RTA\t\r\n"
            + (0..<60).map {
                "   \($0 + 1)\t  \(Double($0) / 1_000)\t \(Export.cell($0, 0))\t"
                    + "\(Export.cell($0, 1))\t\r\n"
            }.joined()
        return [
            Export(
                name: "EMG tracks", format: "bts-emt", text: text,
                channels: [
                    Channel(name: "Voltage:LDA~2", unit: "V"),
                    Channel(name: "Voltage:RTA", unit: "V"),
                ], hertz: 1_000, sampleCount: 60, value: { Export.number($0, $1) },
                extensionName: "emt")
        ]
    }

    // MARK: - Shimmer

    static var shimmer: [ProgramExport] {
        [(",", "ms"), ("\t", "ms"), (",", "yyyy/mm/dd hh:mm:ss.000")].map { mark, unit in
            var text = "\"sep=\(mark)\"\r\n"
            text +=
                [
                    "Shimmer_AB12_Timestamp_Unix_CAL", "Shimmer_AB12_EMG_CH1_24BIT_CAL",
                    "Shimmer_AB12_EMG_CH2_24BIT_CAL", "Shimmer_AB12_ECG_EMG_Status1_CAL",
                    "Shimmer_AB12_Event_Marker_CAL", "",
                ].joined(separator: mark) + "\r\n"
            text += [unit, "mV", "mV", "no_units", "no_units", ""].joined(separator: mark) + "\r\n"
            for row in 0..<120 {
                let time =
                    unit == "ms"
                    ? "\(1_606_646_210_034.25 + Double(row) * 2)"
                    : "2020/11/29 10:36:5\(row / 50).\(String(1_000 + row % 50 * 20).dropFirst())"
                text +=
                    [
                        time, Export.cell(row, 0), Export.cell(row, 1), "128",
                        row < 60 ? "-1" : "1", "",
                    ].joined(separator: mark) + "\r\n"
            }
            return Export(
                name: "\(mark == "\t" ? "tabs" : mark) \(unit)", format: "shimmer-consensys",
                text: text,
                channels: [
                    Channel(name: "Shimmer_AB12_EMG_CH1_24BIT_CAL", unit: "mV"),
                    Channel(name: "Shimmer_AB12_EMG_CH2_24BIT_CAL", unit: "mV"),
                ], hertz: unit == "ms" ? 500 : 50, sampleCount: 120,
                value: { Export.number($0, $1) }, label: { $0 < 60 ? "unlabeled" : "1" })
        }
    }

    // MARK: - AcqKnowledge

    static var acqKnowledge: [ProgramExport] {
        let axes: [(name: String?, perSecond: Double)] = [
            (nil, 1), ("min", 1 / 60), ("sec", 1), ("milliSec", 1_000),
        ]
        var exports = [("0.5 msec/sample", true), ("2000 samples/second", false)].flatMap {
            interval, hasCounts in
            axes.filter { $0.name != nil || hasCounts }.map { axis in
                var text =
                    "p5 grasp.acq\r\n\(interval)\r\n2 channels\r\n"
                    + "EMG flexor (5 - 500 Hz w/notch)\r\n\u{B5}V\r\nClench force\r\nkg\r\n"
                let first = axis.name.map { [$0] } ?? []
                text += (first + ["CH1", "CH2", ""]).joined(separator: "\t") + "\r\n"
                if hasCounts {
                    text +=
                        (first.map { _ in "" } + ["300", "300", ""]).joined(separator: "\t")
                        + "\r\n"
                }
                for row in 0..<300 {
                    let time = first.map { _ in "\(Double(row) / 2_000 * axis.perSecond)" }
                    text +=
                        (time + [Export.cell(row, 0), Export.cell(row, 1), ""])
                        .joined(separator: "\t") + "\r\n"
                }
                return Export(
                    name: "\(axis.name ?? "no axis"), \(interval)", format: "acqknowledge",
                    text: text,
                    channels: [Channel(name: "EMG flexor (5 - 500 Hz w/notch)", unit: "uV")],
                    hertz: 2_000, sampleCount: 300, value: { Export.number($0, $1) },
                    others: [["Clench force"]], encoding: .isoLatin1, extensionName: "txt")
            }
        }
        exports.append(
            Export(
                name: "one channel", format: "acqknowledge",
                text: "a.acq\n1 msec/sample\n1 channels\nEMG\nmV\nCH1\t\n20\t\n"
                    + (0..<20).map { "\(Export.cell($0, 0))\t\n" }.joined(),
                channels: [Channel(name: "EMG", unit: "mV")], hertz: 1_000, sampleCount: 20,
                value: { Export.number($0, $1) }, extensionName: "txt"))
        return exports
    }

    // MARK: - LabChart

    static var labChart: [ProgramExport] {
        func head(_ interval: String) -> String {
            "Interval=\t\(interval) s\r\nExcelDateTime=\t4.3749464322749809e+04\t10/11/19 "
                + "11:08:37.485584\r\nTimeFormat=\tStartOfBlock\r\nDateFormat=\t\r\n"
                + "ChannelTitle=\tBiceps EMG\tForce\tTriceps EMG\r\n"
                + "Range=\t2.000 mV\t50.0 N\t10.000 V\r\nUnitName=\t*\tN\tmV\r\n"
                + "TopValue=\t*\t56.44\t*\r\nBottomValue=\t*\t-0.09\t*\r\n"
        }
        func rows(_ range: Range<Int>, comma: Bool = false) -> String {
            range.map { row in
                let time = "\(Double(row - range.lowerBound) / 1_000)"
                return (comma ? time.replacing(".", with: ",") : time) + "\t"
                    + [0, 2, 1].map { Export.cell(row, $0, comma: comma) }.joined(separator: "\t")
                    + (row == 10 ? "\t#* fist" : row == 50 ? "\t#1 open #2 x" : "") + "\r\n"
            }.joined()
        }
        let channels = [
            Channel(name: "Biceps EMG", unit: "mV"), Channel(name: "Triceps EMG", unit: "mV"),
        ]
        return [
            Export(
                name: "two blocks", format: "labchart",
                text: head("0.001") + rows(0..<40) + head("0.001") + rows(40..<90),
                channels: channels, hertz: 1_000, sampleCount: 90,
                value: { Export.number($0, $1) }, others: [["Force"]],
                label: {
                    $0 < 10 || (40..<50).contains($0)
                        ? "unlabeled" : $0 < 40 ? "fist" : "open #2 x"
                }, cuts: [40], extensionName: "txt"),
            Export(
                name: "decimal commas", format: "labchart",
                text: head("0,001") + rows(0..<40, comma: true), channels: channels, hertz: 1_000,
                sampleCount: 40, value: { Export.number($0, $1) }, others: [["Force"]],
                label: { $0 < 10 ? "unlabeled" : "fist" }, extensionName: "txt"),
        ]
    }

    // MARK: - Damaged

    /// A text that is damaged, and what is said of it.
    struct Damage: Sendable, CustomTestStringConvertible {
        let name: String
        let format: String
        let text: String
        let line: Int?
        let words: String
        var testDescription: String { "\(format), \(name)" }
    }

    private static func text(_ format: String) -> String {
        exports.first { $0.format == format }?.text ?? ""
    }

    static let damages: [Damage] = [
        Damage(
            name: "no rates", format: "trigno-discover",
            text: text("trigno-discover").replacing(",1000 Hz,", with: ",soon,"), line: 7,
            words: "a sampling rate"),
        Damage(
            name: "a hole", format: "trigno-discover",
            text: text("trigno-discover").replacing("0.04,\(Export.cell(40, 0)),", with: "0.04,,"),
            line: 49, words: "expected a number"),
        Damage(
            name: "ends within its head", format: "trigno-discover",
            text: text("trigno-discover").split(separator: "\r\n").prefix(7)
                .joined(separator: "\r\n"), line: nil, words: "no row of numbers"),
        Damage(
            name: "a text among the samples", format: "noraxon-mr",
            text: text("noraxon-mr").replacing(",\(Export.cell(30, 0)),", with: ",n.a.,"), line: 35,
            words: "LT BICEPS FEM."),
        Damage(
            name: "no rate", format: "vicon-nexus",
            text: text("vicon-nexus").replacing("Devices\n", with: "Devices\nx\n"), line: 2,
            words: "a sampling rate"),
        Damage(
            name: "cut within a row", format: "cometa",
            text: String(text("cometa").dropLast(14)), line: 101, words: "expected 3 fields"),
        Damage(
            name: "a rate in words", format: "bts-emt",
            text: text("bts-emt").replacing("1000 Hz", with: "often"), line: 7,
            words: "a rate in hertz"),
        Damage(
            name: "fewer columns than channels", format: "acqknowledge",
            text: text("acqknowledge").replacing("2 channels", with: "1 channels"), line: 6,
            words: "CH1, CH2 of 1 column"),
        Damage(
            name: "a block of another rate", format: "labchart",
            text: text("labchart").replacing(
                "Interval=\t0.001 s", with: "Interval=\t0.002 s", maxReplacements: 1), line: 50,
            words: "sampling rate of the first block"),
    ]

    @Test("a damaged export is refused with one clear error", arguments: damages)
    func refused(damage: Damage) throws {
        try TextExport.place(Array(damage.text.utf8)) { url in
            let reader = try ReaderRegistry.standard.reader(for: url)
            #expect(reader.formatName == damage.format)
            let error = try #require(
                #expect(throws: IngestError.self) { try reader.read(url) })
            #expect(error.location.line == damage.line, "\(error)")
            #expect(error.description.contains(damage.words), "\(error)")
            #expect(!error.hint.isEmpty && !error.hint.contains("copy"), "\(error)")
        }
    }

    @Test(
        "bytes that were changed, lost or written twice are read or refused, never a crash",
        arguments: Set(exports.map(\.format)).sorted())
    func hostile(format: String) throws {
        let template = try #require(SourceTemplate.shipped.first { $0.name == format })
        let reader = try #require(DelimitedReader(template))
        let intact = Array(Self.text(format).utf8)
        var random = SeededGenerator(seed: 7, stream: format)
        let odd = Array("\t;,\r\n\"#-.0eN*\u{0}".utf8) + [0xFF, 0xB5]
        try TextExport.place(intact) { url in
            for _ in 0..<120 {
                var bytes = intact
                // Heads are short and matter most.
                let limit = Bool.random(using: &random) ? min(600, bytes.count) : bytes.count
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let place = Int.random(in: 0..<min(limit, bytes.count), using: &random)
                    let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes[place] = odd[Int.random(in: 0..<odd.count, using: &random)]
                    case 1: bytes.removeSubrange(place..<end)
                    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
                    default: bytes.removeSubrange(place...)
                    }
                    guard bytes.count > 1 else { break }
                }
                try Data(bytes).write(to: url)
                do {
                    let outcome = try reader.read(url, options: ReadOptions(parts: .main))
                    #expect(outcome.recording.sampleCount > 0)
                } catch let error as IngestError {
                    #expect(!error.description.isEmpty && !error.hint.isEmpty)
                }
            }
        }
    }
}
