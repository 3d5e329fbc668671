import ArgumentParser
import Decoding
import Documents
import Foundation
import PrintableText

extension DecoderExport: ExpressibleByArgument {}

/// `myotask export`: a decoder for programs without this library.
struct ExportCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a decoder for other programs: ONNX, C for a microcontroller, safetensors.",
        discussion: """
            onnx: the network with its normalization, for batches of windows of conditioned samples. \
            c: the whole decoder, from samples to control signals, as one file of C99 without heap \
            and library. safetensors: the model's numbers under PyTorch's names.

            See docs/decoding/export.md, and docs/decoding/window-layout.md for the order of a \
            window's numbers.
            """)

    @Argument(help: "The decoder, NAME.myodec.", completion: .file())
    var bundle: String

    @Option(name: .customLong("to"), help: "What to write: onnx, c or safetensors.")
    var target: DecoderExport

    @Option(
        name: .shortAndLong, help: "The file: a new name, as decoder.onnx or decoder.c.",
        completion: .file())
    var output: String

    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func run() throws {
        let decoder = try DecoderBundle(
            contentsOf: URL(filePath: bundle), kinds: CommandContext.current.kinds)
        guard !FileManager.default.fileExists(atPath: output) else {
            throw DecodingError(
                .alreadyExists, at: output, hint: "name a file that is not there yet")
        }
        let size = try target.write(decoder, to: URL(filePath: output))
        guard printsJSON else {
            return Console.line("\(output): \(size, of: "byte")")
        }
        Console.line(
            JSONText.of(
                .object([
                    "output": .string(output), "format": .string(target.rawValue),
                    "bytes": .integer(size),
                ])))
    }
}
