import Documents
import Foundation
import TestSupport

/// A file of the collection of hostile and damaged inputs and the answer that it must get.
struct BadFile: Sendable {
    /// What a good tool does with it.
    enum Expectation: Sendable {
        case accept
        case acceptWithWarning
        case reject
        /// A documented choice: refusing or warning.
        case either
    }

    let name: String
    let url: URL
    let expectation: Expectation
    let rowCount: Int?
    let line: Int?
    let column: String?
    /// Whether another documented answer than refusing is right as well.
    let isPolicy: Bool
}

/// The collection of hostile and damaged inputs.
enum BadFiles {
    /// The files of one folder of it, as its manifest lists them.
    static func items(in folder: String) throws -> [BadFile] {
        let manifest = try Document(
            contentsOf: SharedMaterial.url("golden/bad/manifest.json")
        ).cursor.object()
        return try manifest.required("items").array().compactMap { cursor in
            let item = try cursor.object()
            let file = try item.required("file").string()
            guard file.hasPrefix("\(folder)/") else { return nil }
            // Where either answer is right, the tests of the modules pin ours.
            let hasAlternative = item.optional("alt") != nil
            let expect = try item.required("expect").string()
            let expectation: BadFile.Expectation =
                switch expect {
                case "accept": hasAlternative ? .either : .accept
                case "accept_warn": hasAlternative ? .either : .acceptWithWarning
                case "reject": hasAlternative ? .either : .reject
                case "policy": .reject
                default: .either
                }
            return BadFile(
                name: String(file.dropFirst(folder.count + 1)),
                url: SharedMaterial.url("golden/bad/\(file)"), expectation: expectation,
                rowCount: try item.optional("n_rows")?.integer(),
                line: try item.optional("line")?.integer(),
                column: try item.optional("column")?.string(), isPolicy: expect == "policy")
        }
    }
}
