import Foundation
import HDF5
import SeededRandom
import TestSupport
import Testing

@Suite("Records, texts and references of other programs")
struct CompoundDatasetTests {
    typealias Member = ForeignObject.Member

    static let members = [
        Member("time", .float64), Member("emg", .float32, count: 3),
        Member("raw", .int16), Member("turned", .bigFloat32, count: 2),
    ]

    /// Rows whose every value says where it stands; all are exact in the type of their member.
    static func rows(_ count: Int) -> [[Double]] {
        (0..<count).map { row in (0..<7).map { Double(row * 8 + $0) } }
    }

    @Test(
        "members are read by name, in any order, whatever their size and byte order",
        arguments: [nil, 7, 64] as [Int?], [true, false])
    func members(chunk: Int?, isOld: Bool) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "records.h5")
        let rows = Self.rows(100)
        ForeignObject.add(
            [.records("/r", Self.members, rows: rows, chunk: chunk)], to: url, isOld: isOld)
        let records = try OpenFile.reading(url).records("/r")
        #expect(records.count == 100)
        #expect(records.members.map(\.name) == ["time", "emg", "raw", "turned"])
        #expect(records.members.map(\.count) == [1, 3, 1, 2])
        let wanted = [records.members[3], records.members[0], records.members[2]]
        for range in [0..<100, 5..<6, 60..<99, 3..<3] {
            let expected = rows[range].flatMap { [$0[5], $0[6], $0[0], $0[4]] }
            #expect(try records.read(wanted, rows: range) == expected)
        }
        #expect(try records.read([records.members[1]], rows: 99..<100) == [793, 794, 795])
    }

    @Test("anything else than records of one dimension is refused")
    func refused() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "numbers.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset("/n", values: [1.0, 2.0], shape: [2])
        }
        let file = try OpenFile.reading(url)
        #expect(throws: HDF5Error.self) { try file.records("/n") }
        #expect(throws: HDF5Error.self) { try file.records("/absent") }
        #expect(throws: HDF5Error.self) { try file.texts("/n") }
        let metadata = try #require(try file.metadata(of: "/n"))
        #expect(metadata.shape == [2])
        #expect(metadata.kind == .numbers)
        #expect(try file.metadata(of: "/absent") == nil)
    }

    @Test(
        "texts of any length come back, in chunks, in one piece, behind a user block",
        arguments: [nil, 3] as [Int?], [0, 512])
    func texts(chunk: Int?, userBlock: Int) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "texts.h5")
        let texts = ["relax", "", "öffnen", String(repeating: "x", count: 5_000), "close"]
        ForeignObject.add(
            [
                .texts("/t", texts, chunk: chunk), .fixedTexts("/f", ["ab", "c"], length: 4),
                .enumeration("/e", ["relax": 0, "open": 1], values: [1, 0, 1, 7]),
                .textAttribute("note", of: "/t", Array("größer".utf8)),
                .textAttribute("latin", of: "/t", [0x67, 0x72, 0xF6]),
                .textsAttribute("list", of: "/t", ["a", "bb", ""]),
                .reference("table", of: "/t", to: "/f"),
            ], to: url, userBlock: userBlock)
        let file = try OpenFile.reading(url)
        let dataset = try file.texts("/t")
        #expect(try dataset.read(0..<5) == texts)
        #expect(try dataset.read(2..<4) == Array(texts[2..<4]))
        #expect(try file.texts("/f").read(0..<2) == ["ab", "c"])
        #expect(try file.texts("/e").read(0..<4) == ["open", "relax", "open", "7"])
        #expect(try file.attribute("note", of: "/t") == .texts(["größer"]))
        #expect(try file.attribute("latin", of: "/t") == .texts(["grö"]))
        #expect(try file.attribute("list", of: "/t") == .texts(["a", "bb", ""]))
        #expect(try file.attribute("table", of: "/t") == .references(["/f"]))
        #expect(try file.attribute("absent", of: "/t") == nil)
        #expect(try file.attributeNames(of: "/t", limit: 2).count == 2)
    }

    @Test("texts in files of the newest structures come back")
    func newTexts() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "new.h5")
        // More attributes than fit into the first block of a header.
        let attributes = (0..<7).map {
            ForeignObject.textAttribute("a\($0)", of: "/t", Array("text \($0)".utf8))
        }
        ForeignObject.add(
            [.texts("/t", ["a", "b"], chunk: 2)] + attributes, to: url, isOld: false)
        let file = try OpenFile.reading(url)
        #expect(try file.texts("/t").read(0..<2) == ["a", "b"])
        for index in 0..<7 {
            #expect(try file.attribute("a\(index)", of: "/t") == .texts(["text \(index)"]))
        }
    }

    @Test("damage anywhere ends in values or an error, and nothing stays open")
    func mutations() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "whole.h5")
        ForeignObject.add(
            [
                .records("/r", Self.members, rows: Self.rows(40), chunk: 16),
                .texts("/t", ["relax", "open", "close"], chunk: nil),
                .textAttribute("note", of: "/t", Array("a note".utf8)),
            ], to: url, isOld: false)
        let whole = [UInt8](try Data(contentsOf: url))
        // The heap of texts and what leads to it, which libhdf5 protects by no checksum.
        let heap = try #require(
            Data(whole).range(of: Data("GCOL".utf8))?.lowerBound)
        var random = SeededGenerator(seed: 7)
        for round in 0..<300 {
            var bytes = whole
            let count = Int(random.next() % 4) + 1
            for _ in 0..<count {
                let at =
                    round % 2 == 0
                    ? heap + Int(random.next() % UInt64(min(200, whole.count - heap)))
                    : Int(random.next() % UInt64(whole.count))
                // Structures of libhdf5 itself are left alone: it is not ours to mend.
                guard round % 2 == 0 || at > heap else { continue }
                bytes[at] = UInt8(truncatingIfNeeded: random.next())
            }
            let damaged = folder.url.appending(path: "damaged.h5")
            try Data(bytes).write(to: damaged)
            guard let file = try? OpenFile.reading(damaged) else { continue }
            _ = try? file.texts("/t").read(0..<3)
            _ = try? file.attribute("note", of: "/t")
            if let records = try? file.records("/r") {
                _ = try? records.read(records.members, rows: 0..<records.count)
            }
        }
    }
}
