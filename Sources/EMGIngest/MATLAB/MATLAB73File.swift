private import ErrorReports
internal import Foundation
private import HDF5

/// A file of level 7.3, which is an HDF5 file: variables are datasets with their extents the other
/// way round, structs are groups.
final class MATLAB73File: MATLABFile {
    private let file: OpenFile
    private let name: String
    let names: [String]

    init(_ url: URL) throws(IngestError) {
        let name = url.relativePath
        self.name = name
        (file, names) = try MATLABFault.translated(file: name) { () throws(HDF5Error) in
            let file = try OpenFile.reading(url)
            let names = try file.step { (file) throws(HDF5Error) in
                try file.links(in: "/", limit: 1_000).names
            }
            return (file, names.filter { !$0.hasPrefix("#") })
        }
    }

    private func path(_ path: String) -> String {
        "/" + path.split(separator: ".").joined(separator: "/")
    }

    /// What kind of variable it is; `nil` when there is none.
    private func className(_ path: String) throws(IngestError) -> String? {
        let object = self.path(path)
        return try MATLABFault.translated(file: name) { [file] () throws(HDF5Error) in
            try file.step { (file) throws(HDF5Error) -> String? in
                guard try file.hasLink(object) else { return nil }
                guard try file.hasAttribute("MATLAB_class", of: object) else { return "" }
                return try file.text("MATLAB_class", of: object)
            }
        }
    }

    private func isEmpty(_ path: String) throws(IngestError) -> Bool {
        let object = self.path(path)
        return try MATLABFault.translated(file: name) { [file] () throws(HDF5Error) in
            try file.step { (file) throws(HDF5Error) in
                try file.hasAttribute("MATLAB_empty", of: object)
            }
        }
    }

    private func dataset(_ path: String) throws(IngestError) -> OpenDataset {
        let object = self.path(path)
        return try MATLABFault.translated(file: name) { [file] () throws(HDF5Error) in
            try file.dataset(object)
        }
    }

    private static let numberClasses: Set<String> = [
        "", "double", "single", "logical", "int8", "uint8", "int16", "uint16", "int32", "uint32",
        "int64", "uint64",
    ]

    func shape(of path: String) throws(IngestError) -> [Int]? {
        guard let kind = try className(path) else { return nil }
        guard Self.numberClasses.contains(kind) else {
            throw IngestError(
                .unsupported(feature: "a variable of class \(kind) in place of numbers"),
                at: SourceLocation(file: name, object: path),
                hint: kind == "cell"
                    ? "cells are read from files of level 5: save -v7 in MATLAB writes one, and a "
                        + "template names a cell (matlab: {emg: \"\(path){1}\"})"
                    : "name it in a template (matlab: {emg: NAME}); fields of structs as data.emg")
        }
        // An empty variable has its extents for values.
        if try isEmpty(path) { return [0, 0] }
        let shape = Array(try dataset(path).description.shape.reversed())
        return shape.count == 1 ? [shape[0], 1] : shape
    }

    func text(_ path: String) throws(IngestError) -> String? {
        guard try className(path) == "char", try !isEmpty(path) else { return nil }
        let dataset = try dataset(path)
        guard (1...1_000).contains(dataset.description.count) else { return nil }
        let units = try MATLABFault.translated(file: name) { () throws(HDF5Error) in
            try dataset.read(as: UInt16.self)
        }
        return String(validating: units, as: UTF16.self)
    }

    func structs(_ path: String, _ fields: [String]) throws(IngestError) -> [[MATLABValue]]? {
        guard try className(path) == "struct" else { return nil }
        guard try !isEmpty(path) else { return [] }
        var columns: [[MATLABValue]?] = []
        for field in fields {
            columns.append(
                try className("\(path).\(field)") == nil
                    ? nil : values(of: "\(path).\(field)"))
        }
        let count = columns.compactMap { $0?.count }.min() ?? 0
        return (0..<count).map { index in columns.map { $0?[index] ?? .empty } }
    }

    /// The values of a field: an array of structs has a reference to each, a single struct the value
    /// itself.
    private func values(of path: String) throws(IngestError) -> [MATLABValue] {
        let object = self.path(path)
        let found = try MATLABFault.translated(file: name) { [file] () throws(HDF5Error) in
            try file.referencedValues(
                in: object, limit: MATLABVariable.mostStructs,
                attributes: ["MATLAB_class", "MATLAB_empty"])
        }
        guard let found else {
            if let text = try text(path) { return [.text(text.trimmingBlanks())] }
            if let number = try scalar(path) { return [.number(number)] }
            return [try isEmpty(path) ? .empty : .other]
        }
        return found.map { value in
            if value.attributes["MATLAB_empty"] != nil { return .empty }
            if value.attributes["MATLAB_class"] == "char" {
                let units = value.numbers.map { UInt16(exactly: $0) ?? 0xFFFD }
                return .text(String(decoding: units, as: UTF16.self).trimmingBlanks())
            }
            return value.numbers.count == 1 ? .number(value.numbers[0]) : .other
        }
    }

    func texts(_ path: String) throws(IngestError) -> (any MATLABTexts)? {
        guard try className(path) == "char", try !isEmpty(path) else { return nil }
        let dataset = try dataset(path)
        guard dataset.description.shape.count == 2 else { return nil }
        return try MATLABCharacterRows(
            MATLAB73Matrix(dataset, file: name, path: path, samplesAreColumns: false),
            areBytes: false, at: SourceLocation(file: name, object: path))
    }

    func matrix(
        _ path: String, samplesAreColumns: Bool
    ) throws(IngestError) -> any MATLABMatrix {
        try MATLAB73Matrix(
            dataset(path), file: name, path: path, samplesAreColumns: samplesAreColumns)
    }
}
