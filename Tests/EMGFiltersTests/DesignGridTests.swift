import ComplexModule
import Documents
import EMGFilters
import EMGSignal
import Foundation
import RealModule
import TestSupport
import Testing

@Suite(
    "Designs against exact magnitudes",
    .enabled(
        if: SharedMaterial.isPresent("golden/dsp/golden/design_grid.json"),
        "needs golden/dsp beside the checkout"))
struct DesignGridTests {
    /// Read once: it is half a million characters.
    private static let document = Result {
        try Document(contentsOf: SharedMaterial.url("golden/dsp/golden/design_grid.json"))
    }

    private func grid(_ member: String) throws -> [DocumentObject] {
        try Self.document.get().cursor.object().required(member).array().map { try $0.object() }
    }

    private func design(_ entry: DocumentObject) throws -> FilterDesign {
        let rate = try SamplingRate(hertz: try entry.required("fs").number())
        let order = try entry.required("order").integer()
        let wn = try entry.required("wn")
        switch try entry.required("btype").string() {
        case "lowpass":
            return try Butterworth.lowPass(
                cutoff: try wn.number(), order: order, samplingRate: rate)
        case "highpass":
            return try Butterworth.highPass(
                cutoff: try wn.number(), order: order, samplingRate: rate)
        case "bandpass":
            let cutoffs = try wn.numbers()
            return try Butterworth.bandPass(
                low: cutoffs[0], high: cutoffs[1], order: order, samplingRate: rate)
        case "bandstop":
            let cutoffs = try wn.numbers()
            return try Butterworth.bandStop(
                low: cutoffs[0], high: cutoffs[1], order: order, samplingRate: rate)
        case let other:
            throw entry.cursor.error(expected: "a known type", found: other)
        }
    }

    @Test("every Butterworth design has the exact magnitudes")
    func butterworth() throws {
        let entries = try grid("butter")
        #expect(entries.count == 136)
        for entry in entries {
            let design = try design(entry)
            let isLow = design.shape.statedCutoffs.contains { $0 <= 0.1 }
            let exact = try entry.required("exact_mag").array().map { try $0.string() }
            let frequencies = try entry.required("freq_hz").numbers()
            var worst = (stated: 0.0, recursion: 0.0)
            for (frequency, text) in zip(frequencies, exact) {
                let expected = try #require(Double(text))
                let stated = design.magnitude(atHertz: frequency)
                let recursion = design.sections.magnitude(
                    atHertz: frequency, rate: design.samplingRate.hertz)
                worst.stated = max(worst.stated, abs(stated - expected))
                worst.recursion = max(worst.recursion, abs(recursion - expected))
            }
            #expect(frequencies.count >= 20 && exact.count == frequencies.count)
            #expect(worst.stated <= 1e-12, "\(design.shape.name) order \(design.order)")
            #expect(
                worst.recursion <= (isLow ? 1e-6 : 1e-9),
                "\(design.shape.name) order \(design.order)")
            #expect(design.poles.allSatisfy { $0.length < 1 })
            #expect(design.poles.count == design.zeros.count)
        }
    }

    @Test("every Butterworth design has scipy's poles")
    func poles() throws {
        for entry in try grid("butter") {
            let design = try design(entry)
            let real = try entry.required("poles_re").numbers()
            let imaginary = try entry.required("poles_im").numbers()
            #expect(design.poles.count == real.count)
            for (x, y) in zip(real, imaginary) {
                let nearest = design.poles.map { hypot($0.real - x, $0.imaginary - y) }.min()
                #expect(try #require(nearest) <= 1e-12, "\(design.shape.name) \(design.order)")
            }
        }
    }

    @Test("every notch has iirnotch's response")
    func notches() throws {
        let entries = try grid("iirnotch")
        #expect(entries.count == 100)
        for entry in entries {
            let rate = try SamplingRate(hertz: try entry.required("fs").number())
            let design = try Notch.design(
                center: try entry.required("f0").number(),
                quality: try entry.required("Q").number(), samplingRate: rate)
            let frequencies = try entry.required("freq_hz").numbers()
            let real = try entry.required("H_re").numbers()
            let imaginary = try entry.required("H_im").numbers()
            var worst = 0.0
            for (index, frequency) in frequencies.enumerated() where frequency <= rate.nyquist {
                let expected = hypot(real[index], imaginary[index])
                worst = max(worst, abs(design.magnitude(atHertz: frequency) - expected))
            }
            // SciPy's numbers themselves are off by up to 4.8e-9 (0.5 Hz at 2048 Hz, Q 100; found
            // with 60 digits): its cosine of the center has lost what sets it apart from 1.
            #expect(worst <= 1e-8, "\(design.shape.name) at \(rate.hertz) Hz")
            let section = try #require(design.sections.sections.first)
            let (b, a) = (try entry.required("b").numbers(), try entry.required("a").numbers())
            for (found, expected) in zip(
                [section.b0, section.b1, section.b2, section.a1, section.a2], b + a.dropFirst())
            {
                #expect(abs(found - expected) <= 1e-14)
            }
            #expect(design.poles.allSatisfy { $0.length < 1 })
        }
    }
}
