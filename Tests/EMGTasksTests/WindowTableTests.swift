import EMGArchive
import EMGFeatures
import EMGSignal
import EMGTasks
import Foundation
import HDF5
import TestSupport
import Testing

@Suite("Tables of windows")
struct WindowTableTests {
    /// Two labeled recordings, one of them with a gap, and one without labels.
    private func archive(in folder: URL) throws -> (RecordingArchive, [Recording]) {
        var recordings = try (1...3).map { try StudyInFolder.recording($0) }
        recordings[1].quality = [
            QualityInterval(range: SampleRange(start: 103, end: 104), channel: nil, kind: .gap)
        ]
        recordings[2].labels = nil
        let archive = RecordingArchive(folder: folder.appending(path: "archive"))
        for recording in recordings { try archive.write(recording) }
        return (archive, recordings)
    }

    private struct Row: Hashable {
        let recording: Int
        let start: Int
        let label: Int
    }

    /// Every window by a plain search over all starts.
    private func expected(
        _ recordings: [Recording], length: Int, stride: Int, rule: any LabelRule
    ) -> [Row] {
        var rows: [Row] = []
        for (index, recording) in recordings.enumerated() {
            let borders = [0, index == 1 ? 103 : recording.sampleCount, recording.sampleCount]
            for (first, end) in zip(borders, borders.dropFirst()) where first < end {
                var start = first
                while start + length <= end {
                    defer { start += stride }
                    guard let labels = recording.labels?.values else {
                        rows.append(Row(recording: index, start: start, label: -1))
                        continue
                    }
                    let part = Array(labels[start..<start + length])
                    let counts = (0..<3).map { label in part.count { $0 == label } }
                    let label: Int?
                    switch rule.name {
                    case "last": label = Int(part[length - 1])
                    case "center": label = Int(part[length / 2])
                    case "majority":
                        label = part.reversed().map(Int.init).first { counts[$0] == counts.max() }
                    default: label = Set(part).count == 1 ? Int(part[0]) : nil
                    }
                    if let label {
                        rows.append(Row(recording: index, start: start, label: label))
                    }
                }
            }
        }
        return rows
    }

    private func read(_ url: URL) throws -> [Row] {
        try File.reading(url) { (file) throws(HDF5Error) in
            let recording: [Int32] = try file.withDataset("/recording") {
                (dataset) throws(HDF5Error) in try dataset.read(as: Int32.self)
            }
            let start: [Int64] = try file.withDataset("/start") {
                (dataset) throws(HDF5Error) in try dataset.read(as: Int64.self)
            }
            let label: [Int16] = try file.withDataset("/label") {
                (dataset) throws(HDF5Error) in try dataset.read(as: Int16.self)
            }
            return recording.indices.map {
                Row(recording: Int(recording[$0]), start: Int(start[$0]), label: Int(label[$0]))
            }
        }
    }

    @Test(
        "starts and labels are those of a plain search",
        arguments: [.last, .center, .majority, .pure] as [any LabelRule],
        [(1, 1), (20, 7), (33, 1), (60, 80), (2, 5)])
    func starts(rule: any LabelRule, shape: (length: Int, stride: Int)) throws {
        let folder = try TemporaryFolder()
        let (archive, recordings) = try archive(in: folder.url)
        let table = WindowTable(
            WindowSelection(
                length: .samples(shape.length), stride: .samples(shape.stride), labelRule: rule))
        let rows = expected(
            recordings, length: shape.length, stride: shape.stride, rule: rule)
        let h5 = folder.url.appending(path: "w.h5")
        let report = try table.write(archive, to: h5, threads: 2)
        #expect(report.windowCount == rows.count)
        #expect(report.refused.isEmpty)
        #expect(try read(h5) == rows)

        let csv = folder.url.appending(path: "w.csv")
        _ = try table.write(archive, to: csv)
        let names = ["relax", "open", "close"]
        let lines = rows.map { row in
            "\(report.recordings[row.recording]),\(row.start),"
                + (row.label < 0 ? "" : names[row.label])
        }
        let text = try String(contentsOf: csv, encoding: .utf8)
        #expect(text == "recording,start,label\n" + lines.map { $0 + "\n" }.joined())

        let npy = folder.url.appending(path: "w.npy")
        _ = try table.write(archive, to: npy)
        let bytes = try Data(contentsOf: npy)
        #expect(bytes.prefix(8) == Data([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]))
        let header = Int(bytes[8]) + 256 * Int(bytes[9])
        #expect((10 + header).isMultiple(of: 64))
        let described = String(decoding: bytes[10..<10 + header], as: UTF8.self)
        #expect(described.contains("'descr': '<i8'"))
        #expect(described.contains("'shape': (\(rows.count), 3, )"))
        let numbers = bytes.dropFirst(10 + header)
        #expect(numbers.count == rows.count * 24)
    }

    @Test("materialized windows are the samples, channel after channel")
    func samples() throws {
        let folder = try TemporaryFolder()
        let (archive, recordings) = try archive(in: folder.url)
        let url = folder.url.appending(path: "w.h5")
        _ = try WindowTable(
            WindowSelection(length: .samples(20), stride: .samples(9), content: .samples)
        ).write(archive, to: url)
        let values: [Float] = try File.reading(url) { (file) throws(HDF5Error) in
            try file.withDataset("/windows") { (dataset) throws(HDF5Error) in
                try dataset.read(as: Float.self)
            }
        }
        let expected = try read(url).flatMap { row in
            (0..<3).flatMap { channel in
                (row.start..<row.start + 20).map { recordings[row.recording].samples[$0, channel] }
            }
        }
        #expect(values == expected)
    }

    @Test(
        "features are those of each window by itself", arguments: [.last, .pure] as [any LabelRule])
    func features(rule: any LabelRule) throws {
        let folder = try TemporaryFolder()
        let (archive, recordings) = try archive(in: folder.url)
        let url = folder.url.appending(path: "f.h5")
        let list = try FeatureList("mav,wl,zc:3,ar:2")
        _ = try WindowTable(
            WindowSelection(
                length: .samples(20), stride: .samples(9), labelRule: rule,
                content: .features(list))
        ).write(archive, to: url, threads: 3)
        let values: [Double] = try File.reading(url) { (file) throws(HDF5Error) in
            try file.withDataset("/features") { (dataset) throws(HDF5Error) in
                try dataset.read(as: Double.self)
            }
        }
        let rows = try read(url)
        #expect(!rows.isEmpty && values.count == rows.count * 3 * 5)
        for (index, row) in rows.enumerated() {
            for channel in 0..<3 {
                let window = (row.start..<row.start + 20).map {
                    Double(recordings[row.recording].samples[$0, channel])
                }
                let found = values[(index * 3 + channel) * 5..<(index * 3 + channel) * 5 + 2]
                let mav = window.map(abs).reduce(0, +) / 20
                let length = zip(window, window.dropFirst()).reduce(0) { $0 + abs($1.1 - $1.0) }
                #expect(abs(found[found.startIndex] - mav) <= 1e-9 * mav)
                #expect(abs(found[found.startIndex + 1] - length) <= 1e-9 * length)
            }
        }
    }

    @Test("recordings that do not fit into one table are refused, their starts are not")
    func mismatches() throws {
        let folder = try TemporaryFolder()
        let (archive, _) = try archive(in: folder.url)
        try archive.write(syntheticRecording(patient: "p9", channels: 2, hertz: 200))
        let length = SampleDuration.milliseconds(200)
        let starts = try WindowTable(
            WindowSelection(length: length, stride: .samples(10))
        ).write(archive, to: folder.url.appending(path: "s.h5"))
        #expect(starts.refused.isEmpty && starts.recordings.count == 4)
        let samples = try WindowTable(
            WindowSelection(length: length, stride: .samples(10), content: .samples)
        ).write(archive, to: folder.url.appending(path: "w.h5"))
        #expect(samples.refused.map(\.subject) == ["p9/day1/111"])
    }

    @Test("hints of a table name what can be done about a table, no configuration of collections")
    func hints() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        for number in 1...5 { try archive.write(syntheticRecording(patient: "p\(number)")) }
        try archive.write(syntheticRecording(patient: "p7", hertz: 200))
        try archive.write(syntheticRecording(patient: "p8", channels: 3))
        for (patient, channel) in [("p9", nil), ("p10", 0 as Int?)] {
            let whole = SampleRange(start: 0, end: 415)
            let bad = QualityInterval(range: whole, channel: channel, kind: .markedBad)
            try archive.write(syntheticRecording(patient: patient, quality: [bad]))
        }
        let report = try WindowTable(
            WindowSelection(length: .samples(20), stride: .samples(10), content: .samples)
        ).write(archive, to: folder.url.appending(path: "w.h5"))
        let reasons = Dictionary(
            uniqueKeysWithValues: report.refused.map { ($0.subject, $0.reason) })
        #expect(reasons.count == 4)
        for (patient, option) in [
            ("p7", "--materialize"), ("p8", "--materialize"), ("p9", "--quality \"quality: {"),
            ("p10", "--quality \"quality: {"),
        ] {
            let reason = try #require(reasons["\(patient)/day1/111"])
            #expect(reason.contains(option), "\(reason)")
            for word in ["include\"", "leave the", "channels.select", "collection"] {
                #expect(!reason.contains(word), "\(reason)")
            }
        }
    }

    @Test(
        "NumPy and h5py read the tables",
        .enabled(if: Python.has(module: "h5py"), "needs Python with h5py and NumPy"))
    func python() throws {
        let folder = try TemporaryFolder()
        let (archive, _) = try archive(in: folder.url)
        let contents: [(String, WindowSelection.Content)] = [
            ("w", .samples), ("f", .features(FeatureList([.rms]))),
        ]
        for (name, content) in contents {
            for type in ["h5", "npy"] {
                _ = try WindowTable(
                    WindowSelection(length: .samples(20), stride: .samples(9), content: content)
                ).write(archive, to: folder.url.appending(path: "\(name).\(type)"))
            }
        }
        let result = try Python.run(
            """
            import h5py, json, numpy as np, os, sys
            os.chdir(sys.argv[1])
            w, f = h5py.File("w.h5"), h5py.File("f.h5")
            assert (np.load("w.npy") == w["windows"][:]).all()
            assert (np.load("f.npy") == f["features"][:]).all()
            assert np.allclose(np.sqrt((w["windows"][:].astype(float) ** 2).mean(-1)), f["features"][..., 0])
            index = np.load("w.index.npy")
            assert (index == np.stack([w["recording"][:], w["start"][:], w["label"][:]], 1)).all()
            about = json.load(open("w.json"))
            text = lambda value: value.decode() if isinstance(value, bytes) else str(value)
            ids = [text(w[f"recordings/{i}"].attrs["id"]) for i in range(3)]
            assert ids == [r["id"] for r in about["recordings"]]
            classes = [text(name) for name in w.attrs["class_names"]]
            assert classes == about["classes"] == ["relax", "open", "close"]
            print(w["windows"].shape, f["features"].shape)
            """, arguments: [folder.url.path()])
        #expect(result.status == 0, "\(result.output)")
    }
}
