internal import EMGSignal
internal import Foundation

extension SourceTemplate {
    /// Why a file is no source of this template; `nil` when it fits.
    ///
    /// - Parameter url: The file.
    /// - Returns: The first thing that does not fit: the kind of file, its beginning, its path, its
    ///   columns.
    func mismatch(_ url: URL) -> String? {
        do throws(IngestError) {
            return mismatch(
                url,
                content: try SourceFileReader.prefix(of: url, count: ReaderRegistry.prefixLength))
        } catch {
            return error.fault
        }
    }

    /// Why a file that begins with these bytes is no source of this template.
    func mismatch(_ url: URL, content prefix: [UInt8]) -> String? {
        let kind = ContentKind(prefix: prefix)
        switch layout {
        case .hdf5:
            return HDF5Source.isHDF5(prefix)
                ? misplacement(of: url) : "\(kind), not an HDF5 file"
        case .matlab:
            return MATLABSignature.isCertain(prefix) || url.pathExtension.lowercased() == "mat"
                ? misplacement(of: url) : "\(kind), not a MATLAB file"
        case .edf:
            return EDFTemplateReader(self).recognizes(content: prefix)
                ? misplacement(of: url) : "\(kind), not an EDF or BDF file"
        case .delimited(let layout):
            let glance = TextGlance(prefix, encoding: layout.encoding)
            guard glance.isText else { return "\(kind), not a table of text" }
            if let signature = layout.signature {
                return signature.mismatch(glance)
            }
            return paths.isEmpty ? layout.mismatch(glance) : misplacement(of: url)
        }
    }

    /// Whether a source that was read as one of this template lies where it says. Delimited text
    /// is taken by its place in the first place.
    func isInPlace(_ url: URL) -> Bool {
        if case .delimited = layout { return true }
        return misplacement(of: url) == nil
    }

    /// Why a file lies at no place that this template names; `nil` when it does or the template
    /// names none.
    private func misplacement(of url: URL) -> String? {
        guard !paths.isEmpty, !paths.contains(where: { $0.captures(of: url) != nil }) else {
            return nil
        }
        let patterns = paths.map { "\"\($0.text)\"" }.joined(separator: " or ")
        return "the path does not fit \(patterns)"
    }
}

extension DelimitedLayout.Signature {
    /// Why a file does not begin as the template says; `nil` when it does.
    func mismatch(_ glance: TextGlance) -> String? {
        guard glance.isText else { return "it is no text" }
        guard begins.isEmpty || begins.contains(where: { glance.text.hasPrefix($0) }) else {
            return "it does not begin with "
                + begins.map { "\"\($0)\"" }.joined(separator: " or ")
        }
        let missingLine = lines.first { pattern in
            !glance.lines.contains { pattern.fits(String($0)) }
        }
        if let missingLine { return "there is no line \"\(missingLine.text)\" near the beginning" }
        if header.isEmpty, !begins.isEmpty || !lines.isEmpty { return nil }
        let names = Set(glance.cells(ofLine: 0).map { $0.lowercased() })
        let missing = header.filter { !names.contains($0.lowercased()) }
        return missing.isEmpty && !header.isEmpty
            ? nil : "the first line has no column \(missing.joined(separator: ", "))"
    }
}

extension DelimitedLayout {
    /// Why a text has nothing of the template's columns. One that has some of them is a recording,
    /// though perhaps a damaged one.
    fileprivate func mismatch(_ glance: TextGlance) -> String? {
        let columns =
            channels + [time, counter, label].compactMap { $0 } + targets.flatMap(\.places)
            + (clock?.columns ?? [])
        let names = columns.compactMap { column -> String? in
            if case .named(let name) = column { name.lowercased() } else { nil }
        }
        guard !names.isEmpty else {
            return glance.hasNumbers(behind: skippedLines)
                ? nil : "there is no row of numbers in the beginning"
        }
        let isThere = glance.lines.indices.contains { line in
            glance.cells(ofLine: line).contains { cell in
                names.contains { NamePattern.matches(cell.lowercased(), pattern: $0) }
            }
        }
        return isThere ? nil : "there is none of the columns \(names.joined(separator: ", "))"
    }
}
