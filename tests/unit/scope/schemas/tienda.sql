-- A shop whose tables are named in Spanish.
CREATE TABLE clientes (
    id bigint PRIMARY KEY, nombre text NOT NULL, apellidos text NOT NULL, correo text NOT NULL, telefono text,
    activo boolean NOT NULL, creado_en timestamptz NOT NULL
);
CREATE TABLE direcciones (id bigint PRIMARY KEY, cliente_id bigint NOT NULL REFERENCES clientes, calle text, ciudad text);
CREATE TABLE categorias (id serial PRIMARY KEY, nombre text NOT NULL);
CREATE TABLE proveedores (id serial PRIMARY KEY, nombre text NOT NULL);
CREATE TABLE productos (
    id bigint PRIMARY KEY, categoria_id int REFERENCES categorias, proveedor_id int REFERENCES proveedores, nombre text NOT NULL,
    precio numeric(10, 2) NOT NULL
);
CREATE TABLE pedidos (
    id bigint PRIMARY KEY, cliente_id bigint NOT NULL REFERENCES clientes,
    estado text NOT NULL CHECK (estado IN ('pendiente', 'pagado', 'enviado', 'cancelado')), importe_total numeric(12, 2) NOT NULL,
    fecha_pedido timestamptz NOT NULL
);
CREATE TABLE lineas_pedido (
    id bigint PRIMARY KEY, pedido_id bigint NOT NULL REFERENCES pedidos, producto_id bigint NOT NULL REFERENCES productos, cantidad int
);
CREATE TABLE facturas (id bigint PRIMARY KEY, pedido_id bigint NOT NULL REFERENCES pedidos, importe numeric(12, 2), fecha date);
CREATE TABLE pagos (id bigint PRIMARY KEY, factura_id bigint NOT NULL REFERENCES facturas, importe numeric(12, 2));
CREATE TABLE envios (id bigint PRIMARY KEY, pedido_id bigint NOT NULL REFERENCES pedidos, enviado_en timestamptz);
CREATE TABLE resenas (id bigint PRIMARY KEY, producto_id bigint NOT NULL REFERENCES productos, cliente_id bigint REFERENCES clientes, puntos int);
CREATE TABLE cupones (id bigint PRIMARY KEY, codigo text NOT NULL);
CREATE TABLE almacenes (id serial PRIMARY KEY, nombre text);
CREATE TABLE empleados (id bigint PRIMARY KEY, nombre text, apellidos text);
