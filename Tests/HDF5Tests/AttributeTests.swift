import Foundation
import HDF5
import TestSupport
import Testing

@Suite("Attributes")
struct AttributeTests {
    @Test("texts and numbers come back as they were written")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let names = ["emg0", "", "Größe ☃", "line\nbreak"]
        let long = String(repeating: "0123456789", count: 10_000)
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.setText("", "empty", of: "/")
            try file.setText(long, "long", of: "/")
            try file.setTexts(names, "names", of: "/")
            try file.setTexts([], "none", of: "/")
            try file.setNumber(0.1, "rate", of: "/")
            try file.setNumbers([Int64.min, .max], "ends", of: "/")
            try file.setNumbers([Double](), "nothing", of: "/")
        }
        try File.reading(url) { (file) throws(HDF5Error) in
            #expect(try file.text("empty", of: "/") == "")
            #expect(try file.text("long", of: "/") == long)
            #expect(try file.texts("names", of: "/") == names)
            #expect(try file.texts("none", of: "/") == [])
            #expect(try file.number("rate", of: "/", as: Double.self) == 0.1)
            #expect(try file.numbers("ends", of: "/", as: Int64.self) == [.min, .max])
            #expect(try file.numbers("nothing", of: "/", as: Double.self) == [])
            #expect(try file.hasAttribute("names", of: "/"))
            #expect(try !file.hasAttribute("other", of: "/"))
        }
    }

    @Test(
        "texts of fixed length end where their padding says",
        arguments: HDF5Surgery.Padding.allCases)
    func fixedLengths(padding: HDF5Surgery.Padding) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let pad: UInt8 = padding == .spacePadded ? 0x20 : 0
        HDF5Surgery.apply(
            [.fixedText(Array("uV é".utf8) + [pad, pad, pad], "unit", of: "/", padding: padding)],
            to: url)
        let text = try File.reading(url) { (file) throws(HDF5Error) in
            try file.text("unit", of: "/")
        }
        #expect(text == "uV é")
    }

    @Test("a text that is not UTF-8 is refused and printed escaped")
    func invalidText() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        HDF5Surgery.apply(
            [.fixedText([0x41, 0xFF, 0x1B, 0x5B], "unit", of: "/", padding: .nullPadded)], to: url)
        let error = #expect(throws: HDF5Error.self) {
            try File.reading(url) { (file) throws(HDF5Error) in try file.text("unit", of: "/") }
        }
        #expect(error?.kind == .unexpectedType(expected: "UTF-8 text", found: "A\u{FF}\u{1B}["))
        #expect(error?.description.contains("\u{1B}") == false)
        #expect(error?.location.object == "/@unit")
    }

    @Test("a whole number of another type is read when it is the same number")
    func convertedNumbers() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.setNumbers([Int64(200), -1 << 53], "exact", of: "/")
            try file.setNumber(Int64(1 << 53 + 1), "large", of: "/")
            try file.setNumber(200.0, "real", of: "/")
        }
        try File.reading(url) { (file) throws(HDF5Error) in
            #expect(try file.numbers("exact", of: "/", as: Double.self) == [200, -0x1p53])
            #expect(throws: HDF5Error.self) {
                try file.number("large", of: "/", as: Double.self)
            }
            #expect(throws: HDF5Error.self) {
                try file.numbers("exact", of: "/", as: UInt8.self)
            }
            #expect(throws: HDF5Error.self) { try file.number("real", of: "/", as: Int64.self) }
        }
    }

    @Test("a heap of texts that was tampered with is refused before the library reads it")
    func brokenHeaps() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        // Too long for a fixed length: it goes to a heap.
        let long = String(repeating: "0123456789", count: 10_000)
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.setText(long, "long", of: "/")
        }
        let good = try Data(contentsOf: url)
        let heap = try #require(good.range(of: Data("GCOL".utf8))).lowerBound
        func kind(_ change: (inout Data) -> Void) throws -> HDF5Error.Kind? {
            var bytes = good
            change(&bytes)
            try bytes.write(to: url)
            return #expect(throws: HDF5Error.self) {
                try File.reading(url) { (file) throws(HDF5Error) in try file.text("long", of: "/") }
            }?.kind
        }
        let broken = HDF5Error.Kind.damaged(reason: "its heap of texts does not hold together")
        // The first object: number, count and reserved bytes, then its size.
        #expect(
            try kind { bytes in
                for index in heap + 16..<heap + 32 { bytes[index] = 0 }
            } == broken)
        #expect(try kind { $0[heap + 16 + 8 + 5] = 1 } == broken)
        #expect(try kind { $0[heap + 16 + 8 + 7] = 0xFF } == broken)
        // A larger object than the reference to it says.
        #expect(try kind { $0[heap + 16 + 8] += 1 } == broken)
        #expect(try kind { $0[heap + 8 + 6] = 1 } == broken)
    }

    @Test("the wrong type, the wrong count and a missing attribute are named")
    func faults() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.setText("2000", "text", of: "/")
            try file.setNumber(1.5, "number", of: "/")
            try file.setNumbers([1.0, 2.0], "numbers", of: "/")
        }
        func kind(_ name: String, isText: Bool) -> HDF5Error.Kind? {
            let error = #expect(throws: HDF5Error.self) {
                try File.reading(url) { (file) throws(HDF5Error) in
                    if isText {
                        _ = try file.text(name, of: "/")
                    } else {
                        _ = try file.number(name, of: "/", as: Double.self)
                    }
                }
            }
            return error?.kind
        }
        #expect(
            kind("text", isText: false)
                == .unexpectedType(expected: "64-bit float", found: "text of 4 bytes"))
        #expect(
            kind("number", isText: true)
                == .unexpectedType(expected: "a text", found: "64-bit float"))
        #expect(
            kind("numbers", isText: false)
                == .unexpectedShape(expected: "one number", found: "2"))
        #expect(
            kind("other", isText: true) == .missing(what: "attribute", found: [], count: 0))
    }
}
