private import CCairo
internal import Foundation

/// Draws scenes with cairo: pixels and pages.
enum CairoDrawing {
    /// The most pixels to a side that cairo's pictures have.
    private static let mostPixels = 32_767
    /// The most pixels in all: a gigabyte of memory.
    private static let mostPixelsInAll = 268_435_456

    static func png(_ scene: Scene, pixelsPerPoint: Double) throws(FigureError) -> Data {
        let sides = [scene.size.width, scene.size.height].map { side in
            (side * pixelsPerPoint).rounded(.up)
        }
        let longest = max(sides[0], sides[1])
        guard longest <= Double(mostPixels), sides[0] * sides[1] <= Double(mostPixelsInAll) else {
            throw FigureError(
                .tooLarge(found: Int(min(longest, 1e15)), atMost: mostPixels),
                hint: "make the figure smaller, or write it as .svg or .pdf")
        }
        guard
            let surface = unsafe cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, Int32(sides[0]), Int32(sides[1]))
        else { throw failure("no surface") }
        defer { unsafe cairo_surface_destroy(surface) }
        try unsafe draw(scene, on: surface, scale: pixelsPerPoint)
        let bytes = ByteSink()
        let status = unsafe cairo_surface_write_to_png_stream(
            surface, ByteSink.append, Unmanaged.passUnretained(bytes).toOpaque())
        try check(status)
        return bytes.data
    }

    static func pdf(_ scene: Scene) throws(FigureError) -> Data {
        let bytes = ByteSink()
        guard
            let surface = unsafe cairo_pdf_surface_create_for_stream(
                ByteSink.append, Unmanaged.passUnretained(bytes).toOpaque(), scene.size.width,
                scene.size.height)
        else { throw failure("no surface") }
        defer { unsafe cairo_surface_destroy(surface) }
        unsafe cairo_pdf_surface_set_metadata(
            surface, CAIRO_PDF_METADATA_TITLE, PlainText.printable(scene.title))
        unsafe cairo_pdf_surface_set_metadata(
            surface, CAIRO_PDF_METADATA_SUBJECT, PlainText.printable(scene.summary))
        // The time of writing would make the same figure other bytes each time: none is kept.
        unsafe cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "")
        try unsafe draw(scene, on: surface, scale: 1)
        unsafe cairo_surface_finish(surface)
        try unsafe check(cairo_surface_status(surface))
        return bytes.data
    }

    private static func draw(
        _ scene: Scene, on surface: OpaquePointer, scale: Double
    ) throws(FigureError) {
        guard let context = unsafe cairo_create(surface) else { throw failure("no context") }
        defer { unsafe cairo_destroy(context) }
        let canvas = unsafe CairoCanvas(context: context)
        canvas.scale(by: scale)
        canvas.draw(
            .box(
                Rectangle(x: 0, y: 0, width: scene.size.width, height: scene.size.height),
                fill: .white))
        for shape in scene.shapes { canvas.draw(shape) }
        try unsafe check(cairo_status(context))
        unsafe cairo_surface_flush(surface)
        try unsafe check(cairo_surface_status(surface))
    }

    private static func check(_ status: cairo_status_t) throws(FigureError) {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        throw unsafe failure(String(cString: cairo_status_to_string(status)))
    }

    private static func failure(_ reason: String) -> FigureError {
        FigureError(
            .drawing(reason: reason), hint: "write it as .svg, which needs no drawing library")
    }
}

/// Where cairo's bytes go.
private final class ByteSink {
    var data = Data()

    static let append: cairo_write_func_t = { sink, bytes, count in
        guard let sink = unsafe sink, let bytes = unsafe bytes else {
            return CAIRO_STATUS_WRITE_ERROR
        }
        unsafe Unmanaged<ByteSink>.fromOpaque(sink).takeUnretainedValue().data.append(
            bytes, count: Int(count))
        return CAIRO_STATUS_SUCCESS
    }
}

/// A drawing in progress. The context outlives it.
@safe
private struct CairoCanvas {
    private let context: OpaquePointer

    @unsafe
    init(context: OpaquePointer) {
        unsafe self.context = context
    }

    func scale(by factor: Double) { unsafe cairo_scale(context, factor, factor) }

    func draw(_ shape: Shape) {
        switch shape {
        case .line(let points, let stroke):
            guard points.count > 1 else { return }
            path(points)
            self.stroke(stroke)
        case .area(let points, let color, let opacity):
            guard points.count > 2 else { return }
            path(points)
            unsafe cairo_close_path(context)
            fill(color, opacity: opacity)
        case .box(let box, let color, let outline):
            add(box)
            fill(color)
            if let outline {
                add(box)
                stroke(outline)
            }
        case .dots(let points, let radius, let color):
            for point in points {
                unsafe cairo_new_path(context)
                unsafe cairo_arc(context, point.x, point.y, radius, 0, 2 * .pi)
                fill(color)
            }
        case .caption(let caption):
            draw(caption)
        case .clipped(let box, let shapes):
            unsafe cairo_save(context)
            add(box)
            unsafe cairo_clip(context)
            for shape in shapes { draw(shape) }
            unsafe cairo_restore(context)
        }
    }

    private func draw(_ caption: Caption) {
        guard !caption.text.isEmpty else { return }
        unsafe cairo_save(context)
        defer { unsafe cairo_restore(context) }
        unsafe cairo_select_font_face(
            context, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
            caption.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
        unsafe cairo_set_font_size(context, caption.size)
        let text = PlainText.printable(caption.text)
        var extents = cairo_text_extents_t()
        unsafe cairo_text_extents(context, text, &extents)
        unsafe cairo_translate(context, caption.at.x, caption.at.y)
        if caption.isUpright { unsafe cairo_rotate(context, -.pi / 2) }
        let shift =
            switch caption.anchor {
            case .start: 0.0
            case .middle: -extents.x_advance / 2
            case .end: -extents.x_advance
            }
        unsafe cairo_move_to(context, shift, 0)
        set(caption.color)
        unsafe cairo_show_text(context, text)
    }

    private func path(_ points: [Point]) {
        unsafe cairo_new_path(context)
        for point in points { unsafe cairo_line_to(context, point.x, point.y) }
    }

    private func add(_ box: Rectangle) {
        unsafe cairo_new_path(context)
        unsafe cairo_rectangle(context, box.x, box.y, max(0, box.width), max(0, box.height))
    }

    private func fill(_ color: Color, opacity: Double = 1) {
        set(color, opacity: opacity)
        unsafe cairo_fill(context)
    }

    private func stroke(_ stroke: Stroke) {
        set(stroke.color)
        unsafe cairo_set_line_width(context, stroke.width)
        unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        unsafe cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
        unsafe cairo_stroke(context)
    }

    private func set(_ color: Color, opacity: Double = 1) {
        unsafe cairo_set_source_rgba(
            context, Double(color.red) / 255, Double(color.green) / 255,
            Double(color.blue) / 255, opacity)
    }
}
